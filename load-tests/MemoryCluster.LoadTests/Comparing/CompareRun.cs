using System.Globalization;
using MemoryCluster.LoadTests.Measuring;
using MemoryCluster.LoadTests.Scenarios;
using MemoryCluster.LoadTests.Walk;

namespace MemoryCluster.LoadTests.Comparing;

/// <summary>Starts all variants, fills them alike, and measures them in alternation: the machine changes meanwhile, and for all alike.</summary>
internal sealed class CompareRun(CompareSettings settings, TimeProvider clock, Action<string> log)
{
    // Of the slowest one's closed loop: a rate that all keep up with.
    private const double OpenLoopShare = 0.5;

    public async Task<CompareReport> RunAsync(CancellationToken cancellationToken)
    {
        var benches = new List<LoadBench>();
        try
        {
            foreach (var (_, target) in settings.Variants)
                benches.Add(await LoadBench.OpenAsync(target, settings.Bench, clock, log, cancellationToken));
            return await MeasureAsync(benches, cancellationToken);
        }
        finally
        {
            foreach (var bench in benches)
                await bench.DisposeAsync();
        }
    }

    private async Task<CompareReport> MeasureAsync(List<LoadBench> benches, CancellationToken cancellationToken)
    {
        var trial = double.MaxValue;
        foreach (var bench in benches)
            trial = Math.Min(trial, await bench.ClosedLoopAsync(Mixed, settings.Slice));
        var rate = trial * OpenLoopShare;
        var readings = benches.Select(_ => new List<(double PerSecond, double P99Ms, long NotSucceeded)>()).ToArray();
        for (var round = 1; round <= settings.Rounds; round++)
        {
            for (var i = 0; i < benches.Count; i++)
                readings[i].Add(await ReadAsync(benches[i], rate, cancellationToken));
            log(string.Create(CultureInfo.InvariantCulture, $"round {round}: {string.Join(", ", readings.Select(reading => $"{reading[^1].PerSecond:F0}/s"))}"));
        }

        return Report(rate, readings);
    }

    private async Task<(double PerSecond, double P99Ms, long NotSucceeded)> ReadAsync(LoadBench bench, double rate, CancellationToken cancellationToken)
    {
        var closed = await bench.ClosedLoopAsync(Mixed, settings.Slice);
        var plan = bench.Plan(Mixed(rate, settings.Slice, bench.Teams), settings.Slice);
        var samples = await bench.OfferAsync(plan, onSuccess: null, cancellationToken);
        var latency = samples.Latencies(LoadOutcome.Succeeded);
        return (closed, latency.Percentile(0.99).TotalMilliseconds, samples.Count - latency.Count);
    }

    private CompareReport Report(double rate, List<(double PerSecond, double P99Ms, long NotSucceeded)>[] readings)
    {
        var first = readings[0];
        CompareVariant[] variants = [.. readings.Select((mine, i) => new CompareVariant(
            settings.Variants[i].Name,
            Spread.Of(mine.Select(reading => reading.PerSecond)),
            Spread.Of(mine.Select((reading, round) => reading.PerSecond / first[round].PerSecond)),
            Spread.Of(mine.Select(reading => reading.P99Ms)),
            Spread.Of(mine.Select((reading, round) => reading.P99Ms / first[round].P99Ms)),
            mine.Sum(reading => reading.NotSucceeded)))];
        var ratio = variants[^1].Ratio;
        var demand = new Threshold(
            string.Create(CultureInfo.InvariantCulture, $"{variants[^1].Name}: at least {settings.PercentMin} % of the throughput of {variants[0].Name}"),
            string.Create(CultureInfo.InvariantCulture, $"{100 * ratio.Median:F0} % ({100 * ratio.Min:F0} to {100 * ratio.Max:F0})"),
            100 * ratio.Median >= settings.PercentMin);
        return new CompareReport(Machine.Description, Machine.LoadAverage, settings.Rounds, settings.Slice.TotalSeconds, rate, variants, demand);
    }

    private static IReadOnlyList<LoadStream> Mixed(double rate, TimeSpan duration, int teams) =>
        AllScenarios.Mixed("", rate, TimeSpan.Zero, duration, AllScenarios.Any(teams));
}
