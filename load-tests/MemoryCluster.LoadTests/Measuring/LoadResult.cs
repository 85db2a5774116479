namespace MemoryCluster.LoadTests.Measuring;

/// <summary>What a stretch of load showed. Requests that failed are counted apart and have no latency.</summary>
internal sealed class LoadResult
{
    public LogHistogram Latency { get; } = new();

    public long Succeeded => Latency.Count;

    public long Failed { get; private set; }

    /// <summary>What the first failure said.</summary>
    public string? FirstFailure { get; private set; }

    /// <summary>From the first request's due time to the last answer.</summary>
    public TimeSpan Elapsed { get; set; }

    public double PerSecond => Elapsed > TimeSpan.Zero ? Succeeded / Elapsed.TotalSeconds : 0;

    public void Fail(string why)
    {
        Failed++;
        FirstFailure ??= why;
    }

    public void Add(LoadResult other)
    {
        Latency.Add(other.Latency);
        Failed += other.Failed;
        FirstFailure ??= other.FirstFailure;
    }
}
