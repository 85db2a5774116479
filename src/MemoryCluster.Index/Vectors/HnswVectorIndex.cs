using Microsoft.Win32.SafeHandles;

namespace MemoryCluster.Index.Vectors;

/// <summary>A graph over byte codes, the best of a walk scored again in full precision: for shards too large to scan.</summary>
public sealed class HnswVectorIndex : RowVectorIndex, IDisposable
{
    private readonly HnswGraph _graph;
    private readonly MappedBlocks? _file;

    /// <param name="seed">Decides which nodes reach the upper layers: the same changes in the same order give the same graph.</param>
    /// <param name="rowsFile">
    /// An empty file, open for reading and writing, where the vectors in full precision lie; in memory when there is none. Closed with the index.
    /// </param>
    public HnswVectorIndex(int dimensions, ulong seed, SafeFileHandle? rowsFile = null)
        : this(dimensions, seed, rowsFile is null ? null : new MappedBlocks(rowsFile))
    {
    }

    private HnswVectorIndex(int dimensions, ulong seed, MappedBlocks? file)
        : this(new VectorRows(dimensions, file), seed) => _file = file;

    private HnswVectorIndex(VectorRows rows, ulong seed)
        : base(rows) => _graph = new HnswGraph(rows, seed);

    /// <summary>How many of the best a search keeps in sight: wider finds more and takes longer. Never fewer than the hits asked for.</summary>
    public int SearchWidth { get; set; } = 100;

    private protected override void AddSlot(int slot, int ordinal) => _graph.Add(slot, ordinal);

    private protected override void RemoveSlot(int slot) => _graph.Remove(slot);

    private protected override void ReleaseSlots(int first, int end) => _graph.Release(first, end);

    private protected override int SearchRows<TFilter>(ReadOnlySpan<float> paddedQuery, Span<ScoredOrdinal> hits, TFilter filter) =>
        _graph.Search(paddedQuery, hits, SearchWidth, filter);

    /// <summary>Gives the file of the vectors back; no call may follow or be under way.</summary>
    public void Dispose() => _file?.Dispose();
}
