namespace MemoryCluster.Index.Vectors;

/// <summary>Ordinal to slot, as a tree of arrays: any number of readers beside one writer, without locks.</summary>
/// <remarks>
/// <code>
/// ordinal = root part | 10 bits | 10 bits        leaves hold slot + 1; 0 says there is none
/// </code>
/// The caller's ordinals are dense, so a vector costs four bytes here; a far one costs a leaf.
/// </remarks>
internal sealed class OrdinalMap
{
    private const int PartBits = 10;
    private const int PartSize = 1 << PartBits;

    private int[]?[]?[] _root = [];

    /// <summary>The slot, or -1 where there is none.</summary>
    public int Find(int ordinal)
    {
        var root = Volatile.Read(ref _root);
        var first = (uint)ordinal >> (2 * PartBits);
        return first < (uint)root.Length
            && Volatile.Read(ref root[first]) is { } middle
            && Volatile.Read(ref middle[Middle(ordinal)]) is { } leaf
            ? Volatile.Read(ref leaf[Leaf(ordinal)]) - 1
            : -1;
    }

    /// <summary>Notes the slot; -1 takes it away.</summary>
    public void Set(int ordinal, int slot)
    {
        var first = (int)((uint)ordinal >> (2 * PartBits));
        if (first >= _root.Length)
        {
            var larger = new int[]?[]?[first + 1];
            _root.CopyTo(larger, 0);
            Volatile.Write(ref _root, larger);
        }

        ref var middle = ref _root[first];
        if (middle is null)
        {
            Volatile.Write(ref middle, new int[PartSize][]);
        }

        ref var leaf = ref middle![Middle(ordinal)];
        if (leaf is null)
        {
            Volatile.Write(ref leaf, new int[PartSize]);
        }

        Volatile.Write(ref leaf![Leaf(ordinal)], slot + 1);
    }

    private static int Middle(int ordinal) => (ordinal >> PartBits) & (PartSize - 1);

    private static int Leaf(int ordinal) => ordinal & (PartSize - 1);
}
