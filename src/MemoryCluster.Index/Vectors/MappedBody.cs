namespace MemoryCluster.Index.Vectors;

/// <summary>The part of a mapped file that has not been read yet; what was read keeps the map.</summary>
internal sealed unsafe class MappedBody(byte* start, long bytes, object owner)
{
    private long _read;

    public object Owner => owner;

    /// <summary>The next bytes, where they lie.</summary>
    public byte* Take(long count)
    {
        if (count < 0 || count > bytes - _read)
        {
            throw new InvalidDataException($"The file has {bytes - _read} bytes left where {count} are to come. Build the index again from its vectors.");
        }

        var taken = start + _read;
        _read += count;
        return taken;
    }
}
