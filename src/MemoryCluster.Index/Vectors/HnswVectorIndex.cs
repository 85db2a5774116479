using Microsoft.Win32.SafeHandles;

namespace MemoryCluster.Index.Vectors;

/// <summary>A graph over byte codes, the best of a walk scored again in full precision: for shards too large to scan.</summary>
/// <remarks>Any number of readers may search while one writer adds and removes.</remarks>
public sealed class HnswVectorIndex : IVectorIndex, IDisposable
{
    private readonly VectorRows _rows;
    private readonly HnswGraph _graph;
    private readonly MappedBlocks? _file;

    /// <param name="seed">Decides which nodes reach the upper layers: the same changes in the same order give the same graph.</param>
    /// <param name="rowsFile">
    /// An empty file, open for reading and writing, where the vectors in full precision lie; in memory when there is none. Closed with the index.
    /// </param>
    public HnswVectorIndex(int dimensions, ulong seed, SafeFileHandle? rowsFile = null)
    {
        _file = rowsFile is null ? null : new MappedBlocks(rowsFile);
        _rows = new VectorRows(dimensions, _file);
        _graph = new HnswGraph(_rows, seed);
    }

    /// <summary>How many of the best a search keeps in sight: wider finds more and takes longer. Never fewer than the hits asked for.</summary>
    public int SearchWidth { get; set; } = 100;

    public int Dimensions => _rows.Dimensions;

    public int Count => _rows.Count;

    public bool Contains(int ordinal) => _rows.SlotOf(ordinal) >= 0;

    public void Add(int ordinal, ReadOnlySpan<float> unitVector)
    {
        var slot = _rows.Add(ordinal, unitVector);
        _graph.Add(slot, ordinal);
        _rows.Publish(ordinal, slot);
    }

    public bool Remove(int ordinal)
    {
        var slot = _rows.Withdraw(ordinal);
        if (slot < 0)
        {
            return false;
        }

        _graph.Remove(slot);
        _rows.Free(slot);
        return true;
    }

    public bool TryCopyTo(int ordinal, Span<float> vector) => _rows.TryCopyTo(ordinal, vector);

    public float Score(ReadOnlySpan<float> query, int ordinal) => _rows.Score(query, ordinal);

    public int Search<TFilter>(ReadOnlySpan<float> query, Span<ScoredOrdinal> hits, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var padded = _rows.PaddedQuery(query);
        var lane = _rows.Gate.Enter();
        try
        {
            return _graph.Search(padded, hits, SearchWidth, filter);
        }
        finally
        {
            _rows.Gate.Exit(lane);
        }
    }

    /// <summary>Gives the file of the vectors back; no call may follow or be under way.</summary>
    public void Dispose() => _file?.Dispose();
}
