using System.Buffers;

namespace MemoryCluster.Index.Vectors;

/// <summary>
/// Vectors of different precision in one index: some in full, others as 8, 4 or 2 bits a component, each in exactly one of the tiers. Searches
/// find all of them, and scores compare whatever the precision.
/// </summary>
/// <remarks>
/// <code>
/// 32 bits  [ AdaptiveVectorIndex: scan or graph, rescored in full ]
///  8 bits  [ scan ]    4 bits  [ scan ]    2 bits  [ scan ]            a tier that has no vectors costs nothing
/// </code>
/// A lower precision cannot be turned into a higher one here: whoever asks for it brings the vector.
/// </remarks>
public sealed class TieredVectorIndex : IVectorIndex
{
    /// <summary>Bits a component of a vector in full.</summary>
    public const int FullBits = 32;

    private readonly PackedRows?[] _packed = new PackedRows?[PackedCode.Precisions.Length];

    /// <param name="seed">As of <see cref="AdaptiveVectorIndex"/>.</param>
    public TieredVectorIndex(int dimensions, ulong seed)
        : this(new AdaptiveVectorIndex(dimensions, seed))
    {
    }

    /// <param name="full">The vectors in full, which it takes over.</param>
    public TieredVectorIndex(AdaptiveVectorIndex full) => Full = full;

    /// <summary>The precisions that vectors may have, in bits a component, highest first.</summary>
    public static ReadOnlySpan<int> Precisions => [FullBits, 8, 4, 2];

    /// <summary>The vectors in full.</summary>
    public AdaptiveVectorIndex Full { get; }

    /// <summary>How many are held in a lower precision.</summary>
    public int PackedCount { get; private set; }

    /// <inheritdoc/>
    public int Dimensions => Full.Dimensions;

    /// <inheritdoc/>
    public int Count => Full.Count + PackedCount;

    /// <inheritdoc/>
    public bool Contains(int ordinal) => Full.Contains(ordinal) || TierOf(ordinal) is not null;

    /// <summary>Bits a component of the vector as it is held; 0 where there is none.</summary>
    public int BitsOf(int ordinal) => Full.Contains(ordinal) ? FullBits : TierOf(ordinal)?.Bits ?? 0;

    /// <inheritdoc/>
    public void Add(int ordinal, ReadOnlySpan<float> unitVector) => Add(ordinal, unitVector, FullBits);

    /// <summary>Holds the vector in a precision of <see cref="Precisions"/>.</summary>
    public void Add(int ordinal, ReadOnlySpan<float> unitVector, int bits)
    {
        if (Contains(ordinal))
        {
            throw new ArgumentException($"Ordinal {ordinal} already has a vector; remove it first.", nameof(ordinal));
        }

        if (bits == FullBits)
        {
            Full.Add(ordinal, unitVector);
            return;
        }

        RequireTier(bits).Add(ordinal, unitVector);
        PackedCount++;
    }

    /// <inheritdoc/>
    public bool Remove(int ordinal)
    {
        if (PackedCount > 0 && TierOf(ordinal) is { } tier)
        {
            PackedCount--;
            return tier.Remove(ordinal);
        }

        return Full.Remove(ordinal);
    }

    /// <summary>Copies the vector out where it is held in full; false where it is not.</summary>
    public bool TryCopyTo(int ordinal, Span<float> vector) => Full.TryCopyTo(ordinal, vector);

    /// <summary>
    /// Copies out the vector, or what is nearest to it of what is held: good for a comparison, never to be written down. False where there is none.
    /// </summary>
    public bool TryRestore(int ordinal, Span<float> vector) =>
        Full.TryCopyTo(ordinal, vector) || TierOf(ordinal)?.TryRestore(ordinal, vector) == true;

    /// <summary>Whether what is held is this vector, or the code of it where it is not held in full.</summary>
    public bool Holds(int ordinal, ReadOnlySpan<float> vector)
    {
        if (vector.Length != Dimensions)
        {
            return false;
        }

        if (TierOf(ordinal) is { } tier)
        {
            return tier.Holds(ordinal, vector);
        }

        var held = ArrayPool<float>.Shared.Rent(Dimensions);
        try
        {
            return Full.TryCopyTo(ordinal, held) && vector.SequenceEqual(held.AsSpan(0, Dimensions));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(held);
        }
    }

    /// <inheritdoc/>
    public float Score(ReadOnlySpan<float> query, int ordinal) =>
        PackedCount > 0 && TierOf(ordinal) is { } tier ? tier.Score(query, ordinal) : Full.Score(query, ordinal);

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<float> query, ReadOnlySpan<int> ordinals, Span<float> scores)
    {
        Full.Score(query, ordinals, scores);
        foreach (var tier in _packed)
        {
            if (tier is { Count: > 0 })
            {
                tier.Score(query, ordinals, scores);
            }
        }
    }

    /// <inheritdoc/>
    public int Search<TFilter>(ReadOnlySpan<float> query, Span<ScoredOrdinal> hits, TFilter filter)
        where TFilter : struct, IOrdinalFilter =>
        PackedCount == 0 ? Full.Search(query, hits, filter) : SearchAll(query, hits, filter);

    /// <summary>As <see cref="RowVectorIndex.Sample"/>, of the vectors in full, or of those of the highest precision that there are.</summary>
    public int Sample<TFilter>(Span<int> ordinals, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var count = Full.Sample(ordinals, filter);
        foreach (var tier in _packed)
        {
            count = count > 0 || tier is null ? count : Sample(tier, ordinals, filter);
        }

        return count;
    }

    /// <summary>As <see cref="RowVectorIndex.Trim"/>.</summary>
    public void Trim(int movesMax)
    {
        Full.Trim(movesMax);
        foreach (var tier in _packed)
        {
            tier?.Trim(movesMax);
        }
    }

    /// <summary>Writes what is not held in full; the writer calls it. Beside it <see cref="Full"/> has a file of its own.</summary>
    public void SavePacked(Stream file) => PackedFile.Write(file, Dimensions, _packed);

    /// <summary>Reads what <see cref="SavePacked"/> wrote, before anything was added in a lower precision.</summary>
    /// <exception cref="InvalidDataException">The file is no such thing, of a later version, cut short or damaged.</exception>
    public void LoadPacked(Stream file)
    {
        PackedFile.Read(file, Dimensions, (bits, ordinal, scale, bias, code) =>
        {
            if (Contains(ordinal))
            {
                throw new InvalidDataException($"The files hold two vectors of ordinal {ordinal}. Build the index again from its vectors.");
            }

            RequireTier(bits).Add(ordinal, scale, bias, code);
            PackedCount++;
        });
    }

    private int SearchAll<TFilter>(ReadOnlySpan<float> query, Span<ScoredOrdinal> hits, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var found = ArrayPool<ScoredOrdinal>.Shared.Rent(hits.Length);
        try
        {
            var top = new TopHits(hits);
            Offer(found.AsSpan(0, Full.Search(query, found.AsSpan(0, hits.Length), filter)), ref top);
            foreach (var tier in _packed)
            {
                if (tier is { Count: > 0 })
                {
                    Offer(found.AsSpan(0, tier.Search(query, found.AsSpan(0, hits.Length), filter)), ref top);
                }
            }

            return top.Count;
        }
        finally
        {
            ArrayPool<ScoredOrdinal>.Shared.Return(found);
        }
    }

    private static void Offer(ReadOnlySpan<ScoredOrdinal> found, ref TopHits top)
    {
        foreach (var hit in found)
        {
            top.Offer(hit.Ordinal, hit.Score);
        }
    }

    private static int Sample<TFilter>(PackedRows tier, Span<int> ordinals, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var step = Math.Max(1, tier.SlotsEnd / RowVectorIndex.SampledMax);
        var count = 0;
        for (var slot = 0; slot < tier.SlotsEnd && count < ordinals.Length; slot += step)
        {
            if (tier.OrdinalOf(slot) is >= 0 and var ordinal && filter.Accepts(ordinal))
            {
                ordinals[count++] = ordinal;
            }
        }

        return count;
    }

    private PackedRows? TierOf(int ordinal)
    {
        foreach (var tier in _packed)
        {
            if (tier?.SlotOf(ordinal) >= 0)
            {
                return tier;
            }
        }

        return null;
    }

    private PackedRows RequireTier(int bits)
    {
        var place = PackedCode.Precisions.IndexOf(bits);
        return place >= 0
            ? _packed[place] ??= new PackedRows(Dimensions, bits)
            : throw new ArgumentOutOfRangeException(nameof(bits), bits, "A vector has 32, 8, 4 or 2 bits a component.");
    }
}
