namespace MemoryCluster;

/// <summary>
/// A replay gave nothing of use. No <see cref="MemoryFault"/>: nobody waits for it, and what is undecided stays so. No text and no secret stands
/// in its message.
/// </summary>
public sealed class ReplayException(string reason, string message, bool isTransient, TimeSpan? retryAfter = null, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>Why, as a stable word.</summary>
    public string Reason { get; } = reason;

    /// <summary>Whether the same request may be answered later.</summary>
    public bool IsTransient { get; } = isTransient;

    /// <summary>How long the replayer asked to be left alone.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
