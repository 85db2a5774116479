using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemoryCluster.Index.Vectors;

/// <summary>
/// Exact search: every accepted vector is compared. Small shards use it, and it is the oracle for approximate indexes.
/// </summary>
/// <remarks>
/// <code>
/// ordinal --_rowOf--> row ---> chunk 0: rows 0..63 | chunk 1: 64..127 | chunk 2: 128..255 | ... doubling up to 4,096 rows a chunk
/// </code>
/// Rows stay dense: a removal moves the last row into the gap, so the scan meets no dead rows and a delete is right at once.
/// Chunks never move, so growth copies no vector; doubling keeps a shard of a few memories at a few pages.
/// </remarks>
public sealed class FlatVectorIndex : IVectorIndex
{
    /// <summary>Longest vector taken: four times the longest of the embedding models in use in 2026.</summary>
    public const int DimensionsMax = 16_384;

    private const int FirstChunkRows = 64;
    private const int ChunkRowsMax = 4_096;
    private static readonly int DoublingChunks = BitOperations.Log2(ChunkRowsMax / FirstChunkRows) + 1;

    [ThreadStatic]
    private static float[]? paddedQuery;

    private readonly List<VectorChunk> _chunks = [];
    private readonly Dictionary<int, int> _rowOf = [];
    private readonly int _stride;

    public FlatVectorIndex(int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, DimensionsMax);
        Dimensions = dimensions;
        _stride = InnerProduct.Pad(dimensions);
    }

    public int Dimensions { get; }

    public int Count => _rowOf.Count;

    public bool Contains(int ordinal) => _rowOf.ContainsKey(ordinal);

    public void Add(int ordinal, ReadOnlySpan<float> unitVector)
    {
        RequireDimensions(unitVector.Length, nameof(unitVector));
        if (_rowOf.ContainsKey(ordinal))
        {
            throw new ArgumentException($"Ordinal {ordinal} already has a vector; remove it first.", nameof(ordinal));
        }

        var (chunk, row) = Reserve(Count);
        var values = chunk.Row(row)[..Dimensions];
        unitVector.CopyTo(values);
        if (!UnitVector.TryNormalize(values))
        {
            throw new ArgumentException($"The vector of ordinal {ordinal} has no direction: it is zero or not finite.", nameof(unitVector));
        }

        chunk.Ordinals[row] = ordinal;
        chunk.Count++;
        _rowOf.Add(ordinal, Count);
    }

    public bool Remove(int ordinal)
    {
        if (!_rowOf.Remove(ordinal, out var removed))
        {
            return false;
        }

        var (last, lastRow) = Locate(Count);
        var (gap, gapRow) = Locate(removed);
        if (removed != Count)
        {
            last.Row(lastRow).CopyTo(gap.Row(gapRow));
            gap.Ordinals[gapRow] = last.Ordinals[lastRow];
            _rowOf[last.Ordinals[lastRow]] = removed;
        }

        last.Count--;
        DropSpareChunk();
        return true;
    }

    public bool TryCopyTo(int ordinal, Span<float> vector)
    {
        if (!_rowOf.TryGetValue(ordinal, out var row))
        {
            return false;
        }

        var (chunk, rowInChunk) = Locate(row);
        chunk.Row(rowInChunk)[..Dimensions].CopyTo(vector);
        return true;
    }

    public float Score(ReadOnlySpan<float> query, int ordinal)
    {
        var padded = PaddedQuery(query);
        if (!_rowOf.TryGetValue(ordinal, out var row))
        {
            throw new KeyNotFoundException($"Ordinal {ordinal} has no vector.");
        }

        var (chunk, rowInChunk) = Locate(row);
        return InnerProduct.Of(in padded[0], in chunk.Row(rowInChunk)[0], _stride);
    }

    public int Search<TFilter>(ReadOnlySpan<float> query, Span<ScoredOrdinal> hits, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var padded = PaddedQuery(query);
        var top = new TopHits(hits);
        foreach (var chunk in CollectionsMarshal.AsSpan(_chunks))
        {
            Scan(chunk, padded, ref top, filter);
        }

        return top.Count;
    }

    private void Scan<TFilter>(VectorChunk chunk, ReadOnlySpan<float> query, ref TopHits top, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var ordinals = chunk.Ordinals.AsSpan(0, chunk.Count);
        Span<int> accepted = stackalloc int[4];
        var acceptedCount = 0;
        for (var row = 0; row < ordinals.Length; row++)
        {
            if (!filter.Accepts(ordinals[row]))
            {
                continue;
            }

            accepted[acceptedCount++] = row;
            if (acceptedCount == accepted.Length)
            {
                OfferFour(chunk, query, accepted, ref top);
                acceptedCount = 0;
            }
        }

        foreach (var row in accepted[..acceptedCount])
        {
            top.Offer(ordinals[row], InnerProduct.Of(in query[0], in RowOf(chunk, row), _stride));
        }
    }

    private void OfferFour(VectorChunk chunk, ReadOnlySpan<float> query, scoped ReadOnlySpan<int> rows, ref TopHits top)
    {
        var scores = InnerProduct.OfFour(
            in query[0],
            in RowOf(chunk, rows[0]),
            in RowOf(chunk, rows[1]),
            in RowOf(chunk, rows[2]),
            in RowOf(chunk, rows[3]),
            _stride);
        for (var i = 0; i < rows.Length; i++)
        {
            top.Offer(chunk.Ordinals[rows[i]], scores[i]);
        }
    }

    private ref readonly float RowOf(VectorChunk chunk, int row) =>
        ref Unsafe.Add(ref Unsafe.AsRef(in chunk.FirstValue), (nint)row * _stride);

    private ReadOnlySpan<float> PaddedQuery(ReadOnlySpan<float> query)
    {
        RequireDimensions(query.Length, nameof(query));
        if (!TensorPrimitives.IsFiniteAll(query))
        {
            throw new ArgumentException("The query vector has a component that is not finite.", nameof(query));
        }

        var padded = paddedQuery is { } kept && kept.Length >= _stride ? kept : paddedQuery = new float[_stride];
        query.CopyTo(padded);
        padded.AsSpan(Dimensions, _stride - Dimensions).Clear();
        return padded.AsSpan(0, _stride);
    }

    private (VectorChunk Chunk, int Row) Reserve(int row)
    {
        var (chunk, rowInChunk) = ChunkOf(row);
        if (chunk == _chunks.Count)
        {
            _chunks.Add(new VectorChunk(RowsOf(chunk), _stride));
        }

        return (_chunks[chunk], rowInChunk);
    }

    private (VectorChunk Chunk, int Row) Locate(int row)
    {
        var (chunk, rowInChunk) = ChunkOf(row);
        return (_chunks[chunk], rowInChunk);
    }

    // One empty chunk stays, so that adding and removing at a border does not allocate each time.
    private void DropSpareChunk()
    {
        if (_chunks.Count > 1 && _chunks[^1].Count == 0 && _chunks[^2].Count == 0)
        {
            _chunks.RemoveAt(_chunks.Count - 1);
        }
    }

    private static int RowsOf(int chunk) =>
        chunk == 0 ? FirstChunkRows : FirstChunkRows << Math.Min(chunk - 1, DoublingChunks - 1);

    private static (int Chunk, int Row) ChunkOf(int row)
    {
        if (row < FirstChunkRows)
        {
            return (0, row);
        }

        if (row < 2 * ChunkRowsMax)
        {
            var doubling = BitOperations.Log2((uint)(row / FirstChunkRows));
            return (doubling + 1, row - (FirstChunkRows << doubling));
        }

        var whole = row - (2 * ChunkRowsMax);
        return (DoublingChunks + 1 + (whole / ChunkRowsMax), whole % ChunkRowsMax);
    }

    private void RequireDimensions(int length, string parameter)
    {
        if (length != Dimensions)
        {
            throw new ArgumentException($"The vector has {length} components; this index holds {Dimensions}.", parameter);
        }
    }
}
