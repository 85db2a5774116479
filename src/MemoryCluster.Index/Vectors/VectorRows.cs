using System.Runtime.CompilerServices;

namespace MemoryCluster.Index.Vectors;

/// <summary>
/// The vectors themselves, in full precision: which slot an ordinal has, and what it holds. Indexes hold codes and links by slot and
/// come here for the last word on a score.
/// </summary>
internal sealed unsafe class VectorRows : VectorSlots
{
    private const int BatchMax = 128;

    // Vectors on their way while one is scored: more than two do not arrive sooner.
    private const int FetchedAhead = 2;

    private readonly AlignedRows _rows;
    private readonly int _stride;

    /// <param name="file">Where the vectors lie; in memory when there is none.</param>
    public VectorRows(int dimensions, MappedBlocks? file = null)
        : base(dimensions)
    {
        _stride = InnerProduct.Pad(dimensions);
        _rows = new AlignedRows(_stride * sizeof(float), file: file);
    }

    /// <summary>Copies the vector in, scaled to unit length where it is not, and returns its slot; <see cref="VectorSlots.Publish"/> lets it be found.</summary>
    public int Add(int ordinal, ReadOnlySpan<float> vector)
    {
        Span<float> unit = PaddedUnit(ordinal, vector);
        var slot = TakeSlot();
        unit.CopyTo(new Span<float>(_rows.At(slot), _stride));
        return slot;
    }

    /// <summary>The vector of a slot, padded with zeros to whole lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<float> Row(int slot) => new(_rows.At(slot), _stride);

    public bool TryCopyTo(int ordinal, Span<float> vector)
    {
        var lane = Gate.Enter();
        try
        {
            var slot = SlotOf(ordinal);
            if (slot < 0)
            {
                return false;
            }

            Row(slot)[..Dimensions].CopyTo(vector);
            return true;
        }
        finally
        {
            Gate.Exit(lane);
        }
    }

    public float Score(ReadOnlySpan<float> query, int ordinal)
    {
        var padded = PaddedQuery(query);
        var lane = Gate.Enter();
        try
        {
            var slot = SlotOf(ordinal);
            return slot >= 0 ? ScoreOf(padded, slot) : throw new KeyNotFoundException($"Ordinal {ordinal} has no vector.");
        }
        finally
        {
            Gate.Exit(lane);
        }
    }

    public void Score(ReadOnlySpan<float> query, ReadOnlySpan<int> ordinals, Span<float> scores)
    {
        scores = scores[..ordinals.Length];
        var padded = PaddedQuery(query);
        var lane = Gate.Enter();
        try
        {
            Span<int> slots = stackalloc int[BatchMax];
            for (var from = 0; from < ordinals.Length; from += BatchMax)
            {
                var count = Math.Min(BatchMax, ordinals.Length - from);
                for (var i = 0; i < count; i++)
                {
                    slots[i] = SlotOf(ordinals[from + i]);
                }

                ScoreSlots(padded, slots[..count], scores[from..]);
            }
        }
        finally
        {
            Gate.Exit(lane);
        }
    }

    // Vectors far apart: while one is scored the ones behind it are on their way.
    private void ScoreSlots(ReadOnlySpan<float> paddedQuery, ReadOnlySpan<int> slots, Span<float> scores)
    {
        for (var i = 0; i < slots.Length; i++)
        {
            if (i + FetchedAhead < slots.Length && slots[i + FetchedAhead] >= 0)
            {
                Fetch(slots[i + FetchedAhead]);
            }

            scores[i] = slots[i] >= 0 ? ScoreOf(paddedQuery, slots[i]) : 0;
        }
    }

    /// <summary>The exact inner product with a slot's vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float ScoreOf(ReadOnlySpan<float> paddedQuery, int slot) =>
        InnerProduct.Of(in paddedQuery[0], in *(float*)_rows.At(slot), _stride);

    /// <summary>Begins to fetch a slot's vector, which will be scored soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(int slot) => Prefetch.Lines(_rows.At(slot), _stride * sizeof(float));

    /// <summary>Gives the memory of free slots back.</summary>
    public void Release(int first, int end) => _rows.Release(first, end);

    public void Write(BodyWriter body)
    {
        // Of what was taken away nothing is left in a file.
        _rows.Write(body, SlotsEnd, slot => slot < SlotsEnd && OrdinalOf(slot) >= 0);
        Ordinals.Write(body, SlotsEnd);
    }

    /// <summary>Rows over a mapped file; slots without an ordinal are free.</summary>
    public static VectorRows Read(int dimensions, int slotsEnd, MappedBody body)
    {
        var rows = new VectorRows(dimensions) { SlotsEnd = slotsEnd };
        rows._rows.Read(body, slotsEnd);
        rows.Ordinals.Read(body, slotsEnd);
        for (var slot = 0; slot < slotsEnd; slot++)
        {
            rows.NoteLoaded(slot);
        }

        return rows;
    }

    private protected override void ReserveRows(int rows) => _rows.Reserve(rows);
}
