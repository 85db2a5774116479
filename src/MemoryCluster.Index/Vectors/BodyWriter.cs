namespace MemoryCluster.Index.Vectors;

/// <summary>Takes the next bytes of a file's body.</summary>
internal delegate void BodyWriter(ReadOnlySpan<byte> bytes);
