namespace MemoryCluster.LoadTests.Measuring;

/// <summary>What became of every request of a plan, by its position.</summary>
/// <param name="Plan">What was to be sent when.</param>
/// <param name="Samples">What became of it.</param>
/// <param name="Problems">How often each problem's code or failure came.</param>
internal sealed record LoadSamples(PlannedRequest[] Plan, LoadSample[] Samples, IReadOnlyDictionary<string, long> Problems)
{
    public int Count => Plan.Length;

    /// <summary>When the request's answer was there, from the run's begin.</summary>
    public TimeSpan EndOf(int index) => Plan[index].Due + Samples[index].Latency;

    public long CountOf(LoadOutcome outcome) => Samples.LongCount(sample => sample.Outcome == outcome);

    /// <summary>Successes whose answers were there by then, in a second.</summary>
    public double GoodputPerSecond(TimeSpan duration)
    {
        var succeeded = 0;
        for (var i = 0; i < Count; i++)
        {
            if (Samples[i].Outcome == LoadOutcome.Succeeded && EndOf(i) <= duration)
                succeeded++;
        }

        return succeeded / duration.TotalSeconds;
    }

    /// <summary>Latencies of those that ended so.</summary>
    public LogHistogram Latencies(LoadOutcome outcome) => Latencies(outcome, Enumerable.Range(0, Count));

    /// <summary>Latencies of those among the positions that ended so.</summary>
    public LogHistogram Latencies(LoadOutcome outcome, IEnumerable<int> positions) => Histogram(outcome, positions, sample => sample.Latency);

    /// <summary>The same from when each was sent.</summary>
    public LogHistogram Services(LoadOutcome outcome, IEnumerable<int> positions) => Histogram(outcome, positions, sample => sample.Service);

    private LogHistogram Histogram(LoadOutcome outcome, IEnumerable<int> positions, Func<LoadSample, TimeSpan> time)
    {
        var histogram = new LogHistogram();
        foreach (var i in positions)
        {
            if (Samples[i].Outcome == outcome)
                histogram.Record(time(Samples[i]));
        }

        return histogram;
    }
}
