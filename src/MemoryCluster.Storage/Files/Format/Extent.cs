namespace MemoryCluster.Storage.Files.Format;

/// <summary>Where a payload lies in its segment, and its checksum.</summary>
internal readonly record struct Extent(long Offset, int Length, uint Crc)
{
    public long End => Offset + Length;
}
