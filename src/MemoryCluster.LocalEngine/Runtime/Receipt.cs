namespace MemoryCluster.LocalEngine.Runtime;

/// <summary>What an activation says to a call that arrives.</summary>
internal enum Receipt
{
    Accepted,

    /// <summary>The activation has ended; the directory knows where the grain lives now.</summary>
    Ended,

    /// <summary>Its queue is full.</summary>
    Full,
}
