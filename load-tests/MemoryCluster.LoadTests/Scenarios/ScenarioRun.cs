using System.Globalization;
using MemoryCluster.LoadTests.Measuring;
using MemoryCluster.LoadTests.Reports;
using MemoryCluster.LoadTests.Targets;

namespace MemoryCluster.LoadTests.Scenarios;

/// <summary>Runs one scenario: fills the target, finds the capacity where no rate is given, offers the load, looks at what was acknowledged.</summary>
internal sealed class ScenarioRun(ScenarioSettings settings, TimeProvider clock, Action<string> log)
{
    private static readonly TimeSpan ReadEveryMin = TimeSpan.FromSeconds(1);
    private const int ReadingsMax = 300;

    private Scenario Scenario => settings.Scenario;

    public async Task<LoadReport> RunAsync(CancellationToken cancellationToken)
    {
        await using var bench = await LoadBench.OpenAsync(settings.Target, settings.Bench, clock, log, cancellationToken);
        var steps = settings.RatePerSecond is null ? await bench.FindCapacityAsync(Scenario.CapacityStreams ?? Scenario.Streams) : [];
        double? capacity = steps.Count > 0 ? CapacitySearch.CapacityOf(steps) : null;
        var rate = settings.RatePerSecond ?? capacity!.Value * settings.Percent / 100;
        log(string.Create(CultureInfo.InvariantCulture, $"{Scenario.Name}: {rate:F0}/s for {settings.Duration.TotalSeconds:F0} s"));
        var report = await MeasureAsync(bench, rate, cancellationToken);
        report = report with { CapacityPerSecond = capacity, CapacitySteps = steps };
        return report with { Thresholds = [.. Scenario.Demands(report), .. settings.FailIf.Select(condition => condition.Check(report))] };
    }

    private async Task<LoadReport> MeasureAsync(LoadBench bench, double rate, CancellationToken cancellationToken)
    {
        var plan = bench.Plan(Scenario.Streams(rate, settings.Duration, settings.Bench.Teams), settings.Duration);
        var writes = new AcknowledgedWrites(plan);
        var interval = TimeSpan.FromSeconds(Math.Max(ReadEveryMin.TotalSeconds, settings.Duration.TotalSeconds / ReadingsMax));
        var meter = new ProcessMeter(bench.Target, clock, interval);
        var startedAt = clock.GetUtcNow();
        var storm = Scenario.HasDiffusion ? new DiffusionStorm(bench, clock, settings.Bench.Seed) : null;
        if (storm is not null)
            await storm.PrepareAsync(cancellationToken);
        using var running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var metering = meter.RunAsync(running.Token);
        var killer = new Killer(bench.Target, settings.KillEvery, settings.Duration, settings.Bench.Seed, clock);
        var killing = killer.RunAsync(cancellationToken);
        var proving = storm?.RunAsync(settings.Duration / 2, running.Token) ?? Task.CompletedTask;
        var samples = await bench.OfferAsync(plan, writes.Note, cancellationToken);
        var load = Machine.LoadAverage;
        await running.CancelAsync();
        await Task.WhenAll(metering, killing, proving);
        return new LoadReport
        {
            Scenario = Scenario.Name,
            Target = bench.Target.Description,
            Machine = Machine.Description,
            StartedAt = startedAt,
            Seed = settings.Bench.Seed,
            Memories = settings.Bench.Memories,
            Teams = settings.Bench.Teams,
            Callers = settings.Bench.Callers,
            Seconds = settings.Duration.TotalSeconds,
            RatePerSecond = rate,
            LoadAverage = load,
            Streams = LoadFiguring.Streams(plan, samples),
            Timeline = LoadFiguring.Timeline(samples, settings.Duration),
            Problems = samples.Problems,
            Processes = meter.Readings,
            Kills = KillFigures.Of(killer.Kills, samples),
            Counts = storm is null ? new Dictionary<string, double>() : await storm.CountAsync(cancellationToken),
            Writes = await writes.CheckAsync(bench.Client, settings.Bench.Seed, cancellationToken),
        };
    }
}
