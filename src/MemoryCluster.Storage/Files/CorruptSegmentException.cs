namespace MemoryCluster.Storage.Files;

/// <summary>A file's content fails its checks. The message is a clause that ends with where.</summary>
internal sealed class CorruptSegmentException(string message, Exception? cause = null) : Exception(message, cause);
