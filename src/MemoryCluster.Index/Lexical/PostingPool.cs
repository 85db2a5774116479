using System.Numerics;

namespace MemoryCluster.Index.Lexical;

/// <summary>
/// Room for the open tails of all lists: slices of 1, 2, 4 … 128 postings cut from few large arrays. Half of a vocabulary occurs once,
/// and an object for each of those would cost more than what it holds.
/// </summary>
internal sealed class PostingPool
{
    private const int ChunkBits = 15;
    private const int ChunkLength = 1 << ChunkBits;
    private const int FirstChunkLength = 256;
    private const int SizeClasses = 8;

    private readonly List<Posting[]> _chunks = [new Posting[FirstChunkLength]];
    private readonly List<int>[] _free = [.. Enumerable.Range(0, SizeClasses).Select(_ => new List<int>())];
    private int _end;

    /// <summary>A slice of <paramref name="capacity"/> postings, a power of two up to 128. Its content is undefined.</summary>
    public int Rent(int capacity)
    {
        var free = _free[BitOperations.Log2((uint)capacity)];
        if (free.Count > 0)
        {
            var handle = free[^1];
            free.RemoveAt(free.Count - 1);
            return handle;
        }

        return Cut(capacity);
    }

    public void Return(int handle, int capacity) => _free[BitOperations.Log2((uint)capacity)].Add(handle);

    public Span<Posting> Slice(int handle, int count) => _chunks[handle >> ChunkBits].AsSpan(handle & (ChunkLength - 1), count);

    private int Cut(int capacity)
    {
        var offset = _end & (ChunkLength - 1);
        var inChunk = _end >> ChunkBits;
        if (offset + capacity > ChunkLength || inChunk == _chunks.Count)
        {
            // What is left of the old chunk is lost: at most one slice of 128.
            inChunk = _chunks.Count;
            offset = 0;
            _chunks.Add(new Posting[ChunkLength]);
        }
        else if (offset + capacity > _chunks[inChunk].Length)
        {
            // Only the first chunk starts small: most teams stay small.
            var grown = _chunks[inChunk];
            Array.Resize(ref grown, Math.Min(ChunkLength, 2 * (offset + capacity)));
            _chunks[inChunk] = grown;
        }

        _end = (inChunk << ChunkBits) + offset + capacity;
        return (inChunk << ChunkBits) + offset;
    }
}
