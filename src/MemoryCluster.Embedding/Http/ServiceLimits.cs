namespace MemoryCluster.Embedders;

/// <summary>How patient calls to a model service are.</summary>
/// <param name="AttemptTimeout">Time for one attempt.</param>
/// <param name="RetriesMax">Attempts after the first.</param>
/// <param name="RetryDelay">Pause before the first retry; it doubles each time.</param>
/// <param name="RetryDelayMax">Longest pause, whatever the service asks for.</param>
internal sealed record ServiceLimits(TimeSpan AttemptTimeout, int RetriesMax, TimeSpan RetryDelay, TimeSpan RetryDelayMax);
