using MemoryCluster.LoadTests.Floors;
using MemoryCluster.LoadTests.Http;
using MemoryCluster.LoadTests.Measuring;
using MemoryCluster.LoadTests.Processes;

namespace MemoryCluster.LoadTests.Walk;

/// <summary>Readings that alternate with their floors, round by round: machine and disk change while they are measured, and both alike.</summary>
internal sealed class WalkRounds(WalkSettings settings, Uri host, Uri empty, WalkRequests requests, Action<string> log)
{
    private static readonly TimeSpan WarmUpMax = TimeSpan.FromMinutes(1);

    private readonly byte[][] _emptyCall = [new HttpRequestBytes(empty, key: null).Get(EmptyServer.Path)];

    /// <summary>Memories written in all rounds.</summary>
    public long Written { get; private set; }

    public GrainCallFigures MeasureGrainCalls()
    {
        var emptyCallers = new Callers(empty, settings.Callers);
        var teamCallers = new Callers(host, settings.Callers);
        var teamReads = requests.TeamReads();
        log("calls that reach grains, beside an empty endpoint");
        // Both once for nothing: the compiler's work belongs to neither.
        emptyCallers.Closed(_emptyCall, int.MaxValue, settings.Slice);
        teamCallers.Closed(teamReads, int.MaxValue, settings.Slice);
        var rounds = Enumerable.Range(0, settings.Rounds).Select(_ => (
                Empty: Rate(emptyCallers.Closed(_emptyCall, int.MaxValue, settings.Slice)),
                Team: Rate(teamCallers.Closed(teamReads, int.MaxValue, settings.Slice))))
            .ToArray();
        return new GrainCallFigures(
            Spread.Of(rounds.Select(round => round.Empty)),
            Spread.Of(rounds.Select(round => round.Team)),
            Spread.Of(rounds.Select(round => round.Team / round.Empty)));
    }

    public WriteFigures MeasureWrites()
    {
        log("writes, to warm up and then beside the disk");
        Checked(new Callers(host, settings.Callers).Closed(requests.WarmUpWrites(settings.WarmUpWrites), settings.WarmUpWrites, WarmUpMax));
        MeasureWriteRound();
        var rounds = Enumerable.Range(0, settings.Rounds).Select(_ => MeasureWriteRound()).ToArray();
        return new WriteFigures
        {
            SyncPerSecond = Spread.Of(rounds.Select(round => round.Sync.PerSecond)),
            SyncP50Ms = Spread.Of(rounds.Select(round => P50Ms(round.Sync))),
            HttpP50Ms = Spread.Of(rounds.Select(round => P50Ms(round.Http))),
            PerSecond = Spread.Of(rounds.Select(round => round.Many.PerSecond)),
            RatioToSync = Spread.Of(rounds.Select(round => round.Many.PerSecond / round.Sync.PerSecond)),
            ManyCallers = Together(rounds.Select(round => round.Many)),
            OneCaller = Together(rounds.Select(round => round.One)),
            OneCallerP50Ms = Spread.Of(rounds.Select(round => P50Ms(round.One))),
            OneCallerToLimit = Spread.Of(rounds.Select(round => P50Ms(round.One) / ((1.5 * P50Ms(round.Sync)) + P50Ms(round.Http)))),
        };
    }

    private (LoadResult Sync, LoadResult Http, LoadResult One, LoadResult Many) MeasureWriteRound()
    {
        var sync = SyncFloor.Measure(settings.WorkFolder, settings.Slice);
        var http = Checked(new Callers(empty, 1).Closed(_emptyCall, int.MaxValue, settings.Slice));
        return (sync, http, Write(callers: 1), Write(settings.Callers));
    }

    private LoadResult Write(int callers)
    {
        var writes = requests.Writes(settings.WritesInRoundMax);
        var result = Checked(new Callers(host, callers).Closed(writes, writes.Length, settings.Slice));
        Written += result.Succeeded;
        return result;
    }

    private static LoadFigures Together(IEnumerable<LoadResult> rounds)
    {
        var all = new LoadResult();
        foreach (var round in rounds)
        {
            all.Add(round);
            all.Elapsed += round.Elapsed;
        }

        return LoadFigures.Of(all);
    }

    private static double P50Ms(LoadResult result) => result.Latency.Percentile(0.5).TotalMilliseconds;

    private static double Rate(LoadResult result) => Checked(result).PerSecond;

    /// <summary>A rate among failures is the rate of something else.</summary>
    private static LoadResult Checked(LoadResult result) => result.Failed == 0
        ? result
        : throw new InvalidDataException($"{result.Failed} of {result.Failed + result.Succeeded} requests failed, the first with: {result.FirstFailure}");
}
