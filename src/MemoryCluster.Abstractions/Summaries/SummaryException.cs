namespace MemoryCluster;

/// <summary>
/// No summary is to be had just now. No <see cref="MemoryFault"/>: nobody waits for it, and what was extracted stands. Neither a text nor a key
/// stands in its message.
/// </summary>
public sealed class SummaryException(string message, Exception? cause = null) : Exception(message, cause);
