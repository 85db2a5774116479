using System.Runtime.CompilerServices;

namespace MemoryCluster.Index.Vectors;

/// <summary>The best nodes that a walk has met, best first, each marked when the walk has gone on from it.</summary>
/// <remarks>
/// <code>
/// key:  score, as an integer of the same order (32 bits) | slot (31) | gone on from (1)
/// </code>
/// Equal in effect to the two heaps of Malkov and Yashunin 2018, Alg. 2: what falls out of the best would never be gone on from.
/// </remarks>
internal unsafe ref struct Beam(long* keys, int width)
{
    private readonly long* _keys = keys;
    private int _next;

    public int Count { get; private set; }

    /// <summary>Only a better score enters.</summary>
    public float Threshold { get; private set; } = float.NegativeInfinity;

    public readonly int Slot(int rank) => (int)((uint)_keys[rank] >> 1);

    public readonly float Score(int rank) => Unordered((int)(_keys[rank] >> 32));

    public void Insert(int slot, float score)
    {
        var key = ((long)Ordered(score) << 32) | ((uint)slot << 1);
        var rank = RankOf(key);
        var last = Count < width ? Count++ : width - 1;
        Buffer.MemoryCopy(_keys + rank, _keys + rank + 1, long.MaxValue, (long)(last - rank) * sizeof(long));
        _keys[rank] = key;
        if (rank < _next)
        {
            _next = rank;
        }

        if (Count == width)
        {
            Threshold = Score(width - 1);
        }
    }

    // Halving without branches to guess: the keys are as good as random.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int RankOf(long key)
    {
        var first = _keys;
        var length = Count;
        while (length > 1)
        {
            var half = length >> 1;
            first += first[half - 1] > key ? half : 0;
            length -= half;
        }

        return (int)(first - _keys) + (length == 1 && *first > key ? 1 : 0);
    }

    /// <summary>The best node that the walk has not gone on from, which it now does.</summary>
    public bool TryGoOn(out int slot)
    {
        while (_next < Count && (_keys[_next] & 1) != 0)
        {
            _next++;
        }

        if (_next == Count)
        {
            slot = -1;
            return false;
        }

        slot = Slot(_next);
        _keys[_next++] |= 1;
        return true;
    }

    /// <summary>The node that comes next if nothing better is met; -1 where none is left nearby.</summary>
    public readonly int LikelyNext() => _next < Count && (_keys[_next] & 1) == 0 ? Slot(_next) : -1;

    private static int Ordered(float score)
    {
        var bits = BitConverter.SingleToInt32Bits(score);
        return bits ^ ((bits >> 31) & int.MaxValue);
    }

    private static float Unordered(int ordered) => BitConverter.Int32BitsToSingle(ordered ^ ((ordered >> 31) & int.MaxValue));
}
