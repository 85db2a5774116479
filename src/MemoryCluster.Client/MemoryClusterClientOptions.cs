namespace MemoryCluster.Client;

/// <summary>How a client waits and repeats.</summary>
public sealed record MemoryClusterClientOptions
{
    /// <summary>How long one attempt may take before it counts as failed. Default 30 s.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts after the first, where a fault is transient and a repeat can do no harm. Default 4; 0 never repeats.</summary>
    public int RetriesMax { get; init; } = 4;

    /// <summary>Upper end of the pause before the first repeat; it doubles with each further one. Default 100 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest pause before a repeat, also where the server asks for a longer one. Default 5 s.</summary>
    public TimeSpan RetryDelayMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether a write that comes without an idempotency key gets one. Default true; without one it is not repeated on an unknown outcome.</summary>
    public bool MakeIdempotencyKeys { get; init; } = true;

    /// <summary>The clock of timeouts and pauses. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where jitter and idempotency keys come from; a seeded one repeats a run. Default the system's cryptographic source.</summary>
    public Random Random { get; init; } = new CryptographicRandom();
}
