using MemoryCluster.LoadTests.Measuring;
using MemoryCluster.LoadTests.Scenarios;

namespace MemoryCluster.LoadTests.Reports;

/// <summary>From what became of each request to figures.</summary>
internal static class LoadFiguring
{
    private const int TimelinePointsMax = 240;

    /// <summary>All streams together first, then each by itself.</summary>
    public static IReadOnlyList<StreamFigures> Streams(LoadPlan plan, LoadSamples samples) =>
    [
        Of(LoadReport.All, samples, _ => true, TimeSpan.Zero, plan.Duration),
        .. Groups(plan).Select(group => Of(
            group.Key, samples, group.Contains, group.Min(stream => plan.Streams[stream].From), group.Max(stream => plan.Streams[stream].To))),
        .. Enumerable.Range(0, plan.Streams.Count).Select(stream =>
            Of(plan.Streams[stream].Name, samples, each => each == stream, plan.Streams[stream].From, plan.Streams[stream].To)),
    ];

    // Streams named GROUP.NAME are told together as well.
    private static IEnumerable<IGrouping<string, int>> Groups(LoadPlan plan) => Enumerable.Range(0, plan.Streams.Count)
        .Where(stream => plan.Streams[stream].Name.Contains('.', StringComparison.Ordinal))
        .GroupBy(stream => plan.Streams[stream].Name[..plan.Streams[stream].Name.LastIndexOf('.')]);

    /// <summary>The run in intervals of a second, or of longer where it was long.</summary>
    public static IReadOnlyList<TimelinePoint> Timeline(LoadSamples samples, TimeSpan duration)
    {
        var interval = Math.Max(1, Math.Ceiling(duration.TotalSeconds / TimelinePointsMax));
        var count = Math.Max(1, (int)Math.Ceiling(duration.TotalSeconds / interval));
        var rates = new (int Offered, int Answered, int Refused, int Failed)[count];
        var latencies = new LogHistogram?[count];
        for (var i = 0; i < samples.Count; i++)
        {
            var due = Position(samples.Plan[i].Due);
            rates[due].Offered++;
            var sample = samples.Samples[i];
            if (sample.Outcome == LoadOutcome.Succeeded)
                (latencies[due] ??= new LogHistogram()).Record(sample.Latency);
            var end = samples.EndOf(i);
            if (end < duration)
                Count(ref rates[Position(end)], sample.Outcome);
        }

        return [.. Enumerable.Range(0, count).Select(Point)];

        int Position(TimeSpan at) => Math.Clamp((int)(at.TotalSeconds / interval), 0, count - 1);

        TimelinePoint Point(int i)
        {
            var width = Math.Min(interval, duration.TotalSeconds - (i * interval));
            var figures = latencies[i] is { } histogram ? LatencyFigures.Of(histogram) : null;
            return new TimelinePoint(
                i * interval, Rate(rates[i].Offered), Rate(rates[i].Answered), Rate(rates[i].Refused), Rate(rates[i].Failed),
                figures?.P50Ms, figures?.P99Ms, figures?.MaxMs);

            double Rate(int number) => Math.Round(number / width, 1);
        }
    }

    private static void Count(ref (int Offered, int Answered, int Refused, int Failed) rates, LoadOutcome outcome)
    {
        if (outcome == LoadOutcome.Succeeded)
            rates.Answered++;
        else if (outcome == LoadOutcome.Refused)
            rates.Refused++;
        else
            rates.Failed++;
    }

    private static StreamFigures Of(string name, LoadSamples samples, Func<int, bool> isMine, TimeSpan from, TimeSpan to)
    {
        var seconds = (to - from).TotalSeconds;
        int[] mine = [.. Enumerable.Range(0, samples.Count).Where(i => isMine(samples.Plan[i].Stream))];
        var latency = samples.Latencies(LoadOutcome.Succeeded, mine);
        return new StreamFigures
        {
            Name = name,
            Offered = mine.Length,
            Succeeded = latency.Count,
            Refused = mine.LongCount(i => samples.Samples[i].Outcome == LoadOutcome.Refused),
            Failed = mine.LongCount(i => samples.Samples[i].Outcome == LoadOutcome.Failed),
            Unsent = mine.LongCount(i => samples.Samples[i].Outcome == LoadOutcome.Unsent),
            OfferedPerSecond = Math.Round(mine.Length / seconds, 1),
            GoodputPerSecond = Math.Round(mine.Count(i => samples.Samples[i].Outcome == LoadOutcome.Succeeded && samples.EndOf(i) <= to) / seconds, 1),
            Latency = LatencyFigures.Of(latency),
            Refusal = LatencyFigures.Of(samples.Services(LoadOutcome.Refused, mine)),
            RefusedWithoutRetryAfter = mine.LongCount(i => samples.Samples[i] is { Outcome: LoadOutcome.Refused, HasRetryAfter: false }),
            Histogram = latency.ToText(),
            Parts = Parts(mine, samples, from, to),
        };
    }

    private static IReadOnlyList<PartFigures> Parts(int[] mine, LoadSamples samples, TimeSpan from, TimeSpan to)
    {
        var width = (to - from) / StreamFigures.PartCount;
        return [.. mine
            .Where(i => samples.Samples[i].Outcome == LoadOutcome.Succeeded)
            .GroupBy(i => Math.Min(StreamFigures.PartCount - 1, (int)((samples.Plan[i].Due - from) / width)))
            .OrderBy(part => part.Key)
            .Select(part =>
            {
                var histogram = new LogHistogram();
                foreach (var i in part)
                    histogram.Record(samples.Samples[i].Latency);
                var figures = LatencyFigures.Of(histogram);
                return new PartFigures(Math.Round(histogram.Count / width.TotalSeconds, 1), figures.P50Ms, figures.P99Ms);
            })];
    }
}
