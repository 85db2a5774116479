using System.Runtime.CompilerServices;

namespace MemoryCluster.Index.Vectors;

/// <summary>Which slots a walk has met: a byte each that holds the number of the last walk to meet it, so that nothing is cleared between walks.</summary>
internal readonly unsafe struct Visits(byte* marks, byte walk, int end)
{
    /// <summary>Whether the slot is met for the first time. Slots added since the walk began are passed over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryMark(int slot)
    {
        if ((uint)slot >= (uint)end || marks[slot] == walk)
        {
            return false;
        }

        marks[slot] = walk;
        return true;
    }

    public void Prefetch(int slot) => Vectors.Prefetch.Line(marks + slot);
}
