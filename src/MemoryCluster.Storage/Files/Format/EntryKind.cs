namespace MemoryCluster.Storage.Files.Format;

/// <summary>What an entry of a frame's body says. The first three are those of <see cref="Shards.WriteKind"/>.</summary>
internal enum EntryKind : byte
{
    Unspecified = 0,
    Put = 1,
    Delete = 2,
    Erase = 3,
    Operation = 4,
}
