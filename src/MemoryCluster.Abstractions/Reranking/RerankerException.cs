namespace MemoryCluster;

/// <summary>
/// A reranker cannot answer. No <see cref="MemoryFault"/>, because nothing goes wrong for a caller: a recall keeps the order that it has.
/// Neither the query nor a text stands in the message.
/// </summary>
public sealed class RerankerException(string message, Exception? cause = null) : Exception(message, cause);
