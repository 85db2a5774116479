namespace MemoryCluster.LoadTests.Measuring;

/// <summary>What became of one request.</summary>
/// <param name="Latency">From when it was due to its answer's end.</param>
/// <param name="Service">From when it was sent to its answer's end: what the server took, without the wait for a free caller.</param>
/// <param name="HasRetryAfter">Whether the answer said when to come again.</param>
internal readonly record struct LoadSample(LoadOutcome Outcome, TimeSpan Latency, TimeSpan Service, bool HasRetryAfter);
