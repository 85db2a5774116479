namespace MemoryCluster.Recall;

/// <summary>Gives ordinals consecutive numbers in the order in which they are met. Used again and again, it allocates nothing.</summary>
internal sealed class OrdinalNumbers
{
    private int[] _ordinals = new int[512];
    private int[] _table = new int[2_048];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Ordinals => _ordinals.AsSpan(0, Count);

    /// <summary>The ordinal's number; the next one where it had none.</summary>
    public int NumberOf(int ordinal)
    {
        var at = SlotOf(ordinal);
        if (_table[at] != 0)
        {
            return _table[at] - 1;
        }

        if (Count == _ordinals.Length)
        {
            Grow();
            at = SlotOf(ordinal);
        }

        _ordinals[Count++] = ordinal;
        _table[at] = Count;
        return Count - 1;
    }

    /// <summary>The ordinal's number; -1 where it has none.</summary>
    public int Find(int ordinal) => _table[SlotOf(ordinal)] - 1;

    public void Clear()
    {
        Array.Clear(_table);
        Count = 0;
    }

    // Linear probing; a quarter full at most.
    private int SlotOf(int ordinal)
    {
        var mask = _table.Length - 1;
        var at = (int)(((uint)ordinal * 0x9E3779B1u) >> 8) & mask;
        while (_table[at] != 0 && _ordinals[_table[at] - 1] != ordinal)
        {
            at = (at + 1) & mask;
        }

        return at;
    }

    private void Grow()
    {
        Array.Resize(ref _ordinals, 2 * _ordinals.Length);
        _table = new int[4 * _ordinals.Length];
        for (var number = 0; number < Count; number++)
        {
            _table[SlotOf(_ordinals[number])] = number + 1;
        }
    }
}
