using System.Runtime.InteropServices;

namespace MemoryCluster.Index.Vectors;

/// <summary>A block of rows that never moves, with the ordinal of each row beside it; rows begin on cache lines.</summary>
internal sealed class VectorChunk
{
    private const int CacheLineBytes = 64;

    private readonly float[] _values;
    private readonly int _start;
    private readonly int _stride;

    public VectorChunk(int capacity, int stride)
    {
        // Pinned, because only an array that stays where it is stays aligned.
        _values = GC.AllocateArray<float>((capacity * stride) + (CacheLineBytes / sizeof(float)), pinned: true);
        var misalignment = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0) % CacheLineBytes);
        _start = misalignment == 0 ? 0 : (CacheLineBytes - misalignment) / sizeof(float);
        _stride = stride;
        Ordinals = new int[capacity];
    }

    public int[] Ordinals { get; }

    public int Count { get; set; }

    public Span<float> Row(int row) => _values.AsSpan(_start + (row * _stride), _stride);

    /// <summary>All rows, one after the other, a stride apart.</summary>
    public ref readonly float FirstValue => ref _values[_start];
}
