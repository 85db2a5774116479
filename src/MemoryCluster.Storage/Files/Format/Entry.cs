namespace MemoryCluster.Storage.Files.Format;

/// <summary>One record's write or one operation, as it lies in a body.</summary>
/// <param name="Stamp">A write's sequence number, an operation's UTC ticks.</param>
/// <param name="PayloadOffset">Where its payload begins, from the body's first byte.</param>
internal readonly record struct Entry(EntryKind Kind, Guid Key, long Stamp, int PayloadOffset, int PayloadLength, uint PayloadCrc);
