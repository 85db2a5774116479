using System.Numerics;

namespace MemoryCluster.Embedders;

/// <summary>From the hash of a text to its number. The hashes are well spread, so their own bits choose the slot; a free slot ends a probe.</summary>
internal sealed class HashTable
{
    private const int Free = -1;

    private readonly ulong[] _hashes;
    private readonly int[] _slots;

    /// <param name="hashes">Each at the index that it stands for, none twice.</param>
    public HashTable(ulong[] hashes)
    {
        _hashes = hashes;
        _slots = new int[BitOperations.RoundUpToPowerOf2((uint)(hashes.Length * 2) + 1)];
        Array.Fill(_slots, Free);
        for (var i = 0; i < hashes.Length; i++)
        {
            _slots[FindSlot(hashes[i])] = i;
        }
    }

    public bool TryFind(ulong hash, out int index)
    {
        index = _slots[FindSlot(hash)];
        return index != Free;
    }

    private int FindSlot(ulong hash)
    {
        var mask = _slots.Length - 1;
        var slot = (int)hash & mask;
        while (_slots[slot] != Free && _hashes[_slots[slot]] != hash)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }
}
