using MemoryCluster.Contract;
using MemoryCluster.LoadTests.Chaos;
using MemoryCluster.LoadTests.Checking;
using MemoryCluster.LoadTests.Clients;
using MemoryCluster.LoadTests.Histories;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Memory;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Cluster.Tests.SeededBugs;

/// <summary>
/// The clients and the checkers of the fault runs on the product as it is, and on the product over stores that are broken: the zeros of a run
/// mean something only if each of these is caught.
/// </summary>
public sealed class SeededBugTests
{
    private const int Writers = 4;
    private const int Readers = 4;
    private const int Steps = 50;

    private static readonly string[] Teams = ["one", "two"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task TwoOwners_OfStoresThatKeepThemApart_BreakNoPromise()
    {
        var verdict = await RunAsync(new InMemoryShardStores());

        Assert.True(verdict.Holds, string.Join('\n', verdict.Violations.Select(violation => violation.ToString()).Concat(verdict.Undecided)));
        Assert.True(verdict.Operations > Writers * Steps && verdict.Sightings > 0, $"{verdict.Operations} operations, {verdict.Sightings} sightings");
    }

    [Fact]
    public async Task AcknowledgementBeforeTheWrite_IsCaught()
    {
        var verdict = await RunAsync(new BuggyShardStores(new InMemoryShardStores(), store => new LateShardStore(store)));

        Assert.Contains(verdict.Violations, violation => violation.Rule is Rules.NotLinearizable or Rules.Lost);
    }

    [Fact]
    public async Task MissingEpochCheck_IsCaught()
    {
        using var stores = new UnfencedShardStores(new InMemoryShardStores());

        var verdict = await RunAsync(stores);

        Assert.Contains(verdict.Violations, violation => violation.Rule is Rules.NotLinearizable or Rules.Stale);
    }

    [Fact]
    public async Task DeletionWithoutTombstone_IsCaught()
    {
        var verdict = await RunAsync(new BuggyShardStores(new InMemoryShardStores(), store => new ForgetfulShardStore(store)));

        Assert.Contains(verdict.Violations, violation => violation.Rule == Rules.Resurrected);
    }

    private static async Task<HistoryVerdict> RunAsync(IShardStores stores)
    {
        await using var cluster = await SplitCluster.StartAsync(stores);
        foreach (var team in Teams)
        {
            await cluster.Next().PutTeamAsync(team, new PutTeamRequest { Domain = "tests" });
            await cluster.Next().PutAgentAsync(team, RecordedClient.Agent);
        }

        var tally = new ChaosTally();
        var recorder = new HistoryRecorder();
        var board = new MemoryBoard(Teams);
        var writers = Enumerable.Range(0, Writers).Select(number => new RegisterWriter(number, NewClient(), board, new Random(number)));
        var readers = Enumerable.Range(0, Readers).Select(number => new RegisterReader(NewClient(), board, new Random(Writers + number)));
        await Task.WhenAll(
            [.. writers.Select(writer => RepeatAsync(writer.StepAsync)), .. readers.Select(reader => RepeatAsync(reader.StepAsync))]);
        await new RegisterExaminer([NewClient(), NewClient()], board, new Random(1)).ExamineAsync(CancellationToken.None);
        return HistoryChecker.Check(recorder.Take());

        RecordedClient NewClient() =>
            new(new RecordedCalls(cluster.Next, tally, Patience, TimeProvider.System), recorder.NewProcess(), tally);
    }

    private static async Task RepeatAsync(Func<CancellationToken, Task> step)
    {
        for (var done = 0; done < Steps; done++)
            await step(CancellationToken.None);
    }
}
