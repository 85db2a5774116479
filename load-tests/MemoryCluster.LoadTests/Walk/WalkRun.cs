using System.Globalization;
using MemoryCluster.Client;
using MemoryCluster.LoadTests.Corpus;
using MemoryCluster.LoadTests.Measuring;
using MemoryCluster.LoadTests.Processes;

namespace MemoryCluster.LoadTests.Walk;

/// <summary>The load test of the issue Walk: fills a host, then measures recalls, calls that reach grains, and writes, each beside its floor.</summary>
internal sealed class WalkRun(WalkSettings settings, TimeProvider clock, Action<string> log)
{
    public async Task<WalkReport> RunAsync(CancellationToken cancellationToken)
    {
        if (settings is { Url: { } url, KeyFile: { } keyFile })
            return await MeasureAsync(url, await HostProcess.ReadKeyAsync(keyFile, cancellationToken), host: null, cancellationToken);

        var hostSettings = new HostSettings { DataFolder = Path.Combine(settings.WorkFolder, "data") };
        if (settings.HostAssembly is not null)
            hostSettings = hostSettings with { Assembly = settings.HostAssembly };
        await using var host = await HostProcess.StartAsync(hostSettings, clock, cancellationToken);
        return await MeasureAsync(host.Url, await HostProcess.AdminKeyAsync(hostSettings.DataFolder, cancellationToken), host, cancellationToken);
    }

    private async Task<WalkReport> MeasureAsync(Uri url, string key, HostProcess? host, CancellationToken cancellationToken)
    {
        await using var empty = await EmptyServer.StartAsync(clock, cancellationToken);
        using var client = new MemoryClusterClient(url, key);
        var corpus = TextFiles.Read(settings.Corpus);
        var requests = new WalkRequests(url, key, settings.Teams, corpus.Texts, corpus.Questions);

        log($"loading {settings.Memories} memories into {settings.Teams} teams");
        var loading = await WalkLoader.LoadAsync(client, corpus.Texts, settings.Memories, settings.Teams, clock, cancellationToken);
        var recall = MeasureRecalls(new Callers(url, settings.Callers), requests);
        var rounds = new WalkRounds(settings, url, empty.Url, requests, log);
        var grainCall = rounds.MeasureGrainCalls();
        var writes = rounds.MeasureWrites();
        var held = 0;
        for (var team = 0; team < settings.Teams; team++)
            held += (await client.GetTeamAsync(WalkRequests.Team(team), cancellationToken)).Memories;

        var report = new WalkReport
        {
            Machine = Machine.Description,
            Loading = loading,
            Recall = recall,
            GrainCall = grainCall,
            Writes = writes,
            MemoriesAtEnd = held,
            MemoriesExpected = settings.Memories + (int)rounds.Written,
            ServerMegabytes = host?.Megabytes,
            Thresholds = [],
        };
        return report with { Thresholds = WalkThresholds.Of(report) };
    }

    private RecallFigures MeasureRecalls(Callers callers, WalkRequests requests)
    {
        var random = new Random(settings.Seed);
        var recalls = requests.Recalls(random);
        log("recalls, to warm up and then in a closed loop");
        callers.Closed(recalls, int.MaxValue, settings.WarmUp);
        var closed = callers.Closed(recalls, int.MaxValue, settings.Step);
        log(string.Create(CultureInfo.InvariantCulture, $"recalls, open loop around {closed.PerSecond:F0}/s"));
        var steps = new CapacitySearch(Offer).Run(closed.PerSecond);
        var capacity = CapacitySearch.CapacityOf(steps);
        log(string.Create(CultureInfo.InvariantCulture, $"recalls at half of {capacity:F0}/s"));
        var half = callers.Open(recalls, ArrivalSchedule.Exponential(capacity / 2, settings.HalfCapacity, random));
        return new RecallFigures(LoadFigures.Of(closed), steps, capacity, capacity / 2, LoadFigures.Of(half));

        RateStep Offer(double perSecond)
        {
            var arrivals = ArrivalSchedule.Exponential(perSecond, settings.Step, random);
            return RateStep.Of(callers.Open(recalls, arrivals), arrivals);
        }
    }
}
