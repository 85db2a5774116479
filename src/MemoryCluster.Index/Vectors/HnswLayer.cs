using System.Runtime.InteropServices;

namespace MemoryCluster.Index.Vectors;

/// <summary>One of the graph's upper layers: the links of the few nodes that reach it.</summary>
/// <remarks>
/// <code>
/// row:  slot + 1 | count | link, link, ... link       links are slots of nodes on this layer
/// </code>
/// </remarks>
internal sealed unsafe class HnswLayer
{
    public const int LinksMax = 16;

    private const int RowInts = 2 + LinksMax;

    private readonly AlignedRows _rows = new(RowInts * sizeof(int));
    private readonly OrdinalMap _rowOf = new();
    private readonly Stack<int> _freeRows = new();
    private int _rowsEnd;

    public int Count => _rowsEnd - _freeRows.Count;

    /// <summary>The links of a node; none where the node is not on this layer.</summary>
    public int* Links(int slot, out int count)
    {
        var row = _rowOf.Find(slot);
        if (row < 0)
        {
            count = 0;
            return null;
        }

        var at = (int*)_rows.At(row);
        count = Volatile.Read(ref at[1]);
        return at + 2;
    }

    public bool Contains(int slot) => _rowOf.Find(slot) >= 0;

    public void Add(int slot)
    {
        if (!_freeRows.TryPop(out var row))
        {
            row = _rowsEnd++;
            _rows.Reserve(_rowsEnd);
        }

        var at = (int*)_rows.At(row);
        at[0] = slot + 1;
        Volatile.Write(ref at[1], 0);
        _rowOf.Set(slot, row);
    }

    public void SetCount(int slot, int count) => Volatile.Write(ref ((int*)_rows.At(_rowOf.Find(slot)))[1], count);

    public void Remove(int slot)
    {
        var row = _rowOf.Find(slot);
        if (row >= 0)
        {
            _rowOf.Set(slot, -1);
            *(int*)_rows.At(row) = 0;
            _freeRows.Push(row);
        }
    }

    /// <summary>Any node of the layer: that of its lowest row.</summary>
    public int AnySlot()
    {
        for (var row = 0; row < _rowsEnd; row++)
        {
            if (*(int*)_rows.At(row) is > 0 and var slot)
            {
                return slot - 1;
            }
        }

        return -1;
    }

    public void Write(BodyWriter body)
    {
        Span<long> end = [_rowsEnd];
        body(MemoryMarshal.AsBytes(end));
        _rows.Write(body, _rowsEnd);
    }

    // Copied: a layer is small, and its rows would not begin on cache lines.
    public void Read(MappedBody body)
    {
        _rowsEnd = checked((int)*(long*)body.Take(sizeof(long)));
        _rows.Reserve(_rowsEnd);
        for (var row = 0; row < _rows.Capacity && _rowsEnd > 0; row++)
        {
            Buffer.MemoryCopy(body.Take(_rows.RowBytes), _rows.At(row), _rows.RowBytes, _rows.RowBytes);
        }

        for (var row = 0; row < _rowsEnd; row++)
        {
            if (*(int*)_rows.At(row) is > 0 and var slot)
            {
                _rowOf.Set(slot - 1, row);
            }
            else
            {
                _freeRows.Push(row);
            }
        }
    }
}
