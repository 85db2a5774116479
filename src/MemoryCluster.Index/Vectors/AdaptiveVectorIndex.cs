using System.IO.MemoryMappedFiles;

namespace MemoryCluster.Index.Vectors;

/// <summary>Scans while that is faster and walks a graph above; which of the two, the caller sees by speed alone.</summary>
/// <remarks>
/// <code>
/// vectors:  0 .. ScanMax      more: each change takes a few into the graph         all are in: the graph answers, the scan is dropped
///           [ scan          ] [ scan answers, graph grows                        ] [ graph                                          ]
/// </code>
/// Far fewer than the scan would take bring it back.
/// </remarks>
public sealed class AdaptiveVectorIndex : RowVectorIndex
{
    /// <summary>
    /// Vectors up to which a scan serves. For a hundred hits a walk is the faster one from some 3,000 on; but a vector costs 0.11 ms more to
    /// take into the graph, and at 16,384 that is what one question saves (measured: docs/results.md).
    /// </summary>
    public const int ScanMaxDefault = 16_384;

    // The graph is complete when a third more vectors have come than it began with, at the latest.
    private const int TakenPerChange = 4;

    // What it would cost to go to and fro at the border is paid only after three quarters are gone.
    private const int ShrinkFactor = 4;

    private const int WidthMin = 128;

    private readonly VectorRows _rows;
    private readonly ulong _seed;
    private readonly int _scanMax;
    private HnswGraph? _growing;
    private int _takenEnd;
    private (HnswGraph Graph, long Epoch)? _dropped;
    private Answering _answering;

    /// <param name="seed">Decides which nodes reach the graph's upper layers: the same changes in the same order give the same graph.</param>
    /// <param name="scanMax">Vectors up to which a scan serves.</param>
    public AdaptiveVectorIndex(int dimensions, ulong seed, int scanMax = ScanMaxDefault)
        : this(new VectorRows(dimensions), seed, scanMax, null)
    {
    }

    private AdaptiveVectorIndex(VectorRows rows, ulong seed, int scanMax, HnswGraph? graph)
        : base(rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scanMax);
        _rows = rows;
        _seed = seed;
        _scanMax = scanMax;
        _answering = graph is null ? new Answering(ScanOfAll(), null) : new Answering(null, graph);
    }

    /// <summary>Whether searches walk the graph.</summary>
    public bool IsGraph => _answering.Graph is not null;

    private protected override void AddSlot(int slot, int ordinal)
    {
        if (_answering.Graph is { } graph)
        {
            graph.Add(slot, ordinal);
        }
        else
        {
            _answering.Scan!.Add(slot, ordinal);
            if (slot < _takenEnd)
            {
                _growing?.Add(slot, ordinal);
            }
        }
    }

    private protected override void RemoveSlot(int slot)
    {
        _answering.Scan?.Remove(slot);
        _answering.Graph?.Remove(slot);
        if (slot < _takenEnd)
        {
            _growing?.Remove(slot);
        }
    }

    private protected override void ReleaseSlots(int first, int end)
    {
        _answering.Scan?.Release(first, end);
        _answering.Graph?.Release(first, end);
        _growing?.Release(first, end);
    }

    private protected override void AfterChange()
    {
        if (Count < _scanMax / ShrinkFactor)
        {
            Shrink();
        }
        else if (_growing is not null || Count > _scanMax)
        {
            Grow();
        }
    }

    private void Shrink()
    {
        StopGrowing();
        if (IsGraph)
        {
            _dropped = (_answering.Graph!, _rows.Gate.Epoch);
            Volatile.Write(ref _answering, new Answering(ScanOfAll(), null));
        }
    }

    // The collector would keep its memory for a while.
    private protected override void ReleaseDropped()
    {
        if (_dropped is var (graph, epoch) && _rows.Gate.IsPast(epoch))
        {
            graph.ReleaseAll();
            _dropped = null;
        }
    }

    // A few a change.
    private void Grow()
    {
        if (IsGraph)
        {
            return;
        }

        _growing ??= new HnswGraph(_rows, _seed);
        for (var taken = 0; taken < TakenPerChange && _takenEnd < _rows.SlotsEnd; _takenEnd++)
        {
            if (_rows.OrdinalOf(_takenEnd) is >= 0 and var ordinal)
            {
                _growing.Add(_takenEnd, ordinal);
                taken++;
            }
        }

        if (_takenEnd == _rows.SlotsEnd)
        {
            Volatile.Write(ref _answering, new Answering(null, _growing));
            StopGrowing();
        }
    }

    private void StopGrowing() => (_growing, _takenEnd) = (null, 0);

    private Int8Scan ScanOfAll()
    {
        var scan = new Int8Scan(_rows);
        for (var slot = 0; slot < _rows.SlotsEnd; slot++)
        {
            if (_rows.OrdinalOf(slot) is >= 0 and var ordinal)
            {
                scan.Add(slot, ordinal);
            }
        }

        return scan;
    }

    private protected override int SearchRows<TFilter>(ReadOnlySpan<float> paddedQuery, Span<ScoredOrdinal> hits, TFilter filter)
    {
        var answering = Volatile.Read(ref _answering);
        return answering.Graph is { } graph
            ? graph.Search(paddedQuery, hits, Math.Max(WidthMin, 2 * hits.Length), filter)
            : answering.Scan!.Search(paddedQuery, hits, filter);
    }

    /// <summary>Writes the index; the writer calls it. Who opens files, and when one is complete under its name, is the caller's business.</summary>
    public void Save(Stream file) => VectorFile.Write(file, _rows, _answering.Graph, _seed);

    /// <summary>Opens a saved index over a memory map, which it keeps: vectors and nodes are read as needed, changes stay in memory.</summary>
    /// <param name="file">A file mapped for copy on write.</param>
    /// <param name="length">The file's length in bytes, which a map does not tell.</param>
    /// <exception cref="InvalidDataException">The file is not such an index, of a later version, cut short or damaged.</exception>
    public static AdaptiveVectorIndex Load(MemoryMappedFile file, long length, int scanMax = ScanMaxDefault)
    {
        var (rows, graph, seed) = VectorFile.Read(file, length);
        return new AdaptiveVectorIndex(rows, seed, scanMax, graph);
    }

    // One of the two; replaced as a whole, so that a reader has the one or the other.
    private sealed record Answering(Int8Scan? Scan, HnswGraph? Graph);
}
