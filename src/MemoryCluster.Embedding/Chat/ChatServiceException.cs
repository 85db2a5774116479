namespace MemoryCluster.Embedders;

/// <summary>
/// A chat service gave no answer of use. No <see cref="MemoryFault"/>: whoever asks a model can do without, and goes on. Neither the messages
/// nor the key stand in the message of the failure.
/// </summary>
public sealed class ChatServiceException(string message, bool isTransient, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether the same request may be answered later: the service was busy, failing, late or out of reach.</summary>
    public bool IsTransient { get; } = isTransient;
}
