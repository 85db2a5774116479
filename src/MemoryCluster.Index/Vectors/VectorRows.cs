using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace MemoryCluster.Index.Vectors;

/// <summary>
/// The vectors themselves, in full precision: which slot an ordinal has, and what it holds. Indexes hold codes and links by slot and
/// come here for the last word on a score.
/// </summary>
/// <remarks>One writer; readers enter <see cref="Gate"/>, and a slot they may be looking at is not given away before they leave.</remarks>
internal sealed unsafe class VectorRows
{
    private const int BatchMax = 128;

    // Vectors on their way while one is scored: more than two do not arrive sooner.
    private const int FetchedAhead = 2;

    [ThreadStatic]
    private static float[]? paddedQuery;

    private readonly AlignedRows _rows;
    private readonly OrdinalMap _slotOf = new();
    private readonly SlotOrdinals _ordinals = new();
    private readonly Queue<(int Slot, long Epoch)> _freed = new();
    private readonly int _stride;

    /// <param name="file">Where the vectors lie; in memory when there is none.</param>
    public VectorRows(int dimensions, MappedBlocks? file = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, RowVectorIndex.DimensionsMax);
        Dimensions = dimensions;
        _stride = InnerProduct.Pad(dimensions);
        _rows = new AlignedRows(_stride * sizeof(float), file: file);
    }

    public int Dimensions { get; }

    public int Count { get; private set; }

    /// <summary>Slots ever in use: every slot is below.</summary>
    public int SlotsEnd { get; private set; }

    public ReaderGate Gate { get; } = new();

    /// <summary>The slot of an ordinal, or -1.</summary>
    public int SlotOf(int ordinal) => _slotOf.Find(ordinal);

    /// <summary>The ordinal of a slot, or -1.</summary>
    public int OrdinalOf(int slot) => _ordinals.Of(slot);

    /// <summary>Copies the vector in, scaled to unit length where it is not, and returns its slot; <see cref="Publish"/> lets it be found.</summary>
    public int Add(int ordinal, ReadOnlySpan<float> vector)
    {
        RequireDimensions(vector.Length, nameof(vector));
        if (SlotOf(ordinal) >= 0)
        {
            throw new ArgumentException($"Ordinal {ordinal} already has a vector; remove it first.", nameof(ordinal));
        }

        Span<float> unit = PaddedCopy(vector);
        if (!UnitVector.TryNormalize(unit[..Dimensions]))
        {
            throw new ArgumentException($"The vector of ordinal {ordinal} has no direction: it is zero or not finite.", nameof(vector));
        }

        var slot = TakeSlot();
        unit.CopyTo(new Span<float>(_rows.At(slot), _stride));
        return slot;
    }

    /// <summary>The vector is in every index that is to have it.</summary>
    public void Publish(int ordinal, int slot)
    {
        _ordinals.Set(slot, ordinal);
        _slotOf.Set(ordinal, slot);
        Count++;
    }

    /// <summary>Takes the ordinal away and returns the slot that it had, or -1. The slot is given away again by <see cref="Free"/>.</summary>
    public int Withdraw(int ordinal)
    {
        var slot = SlotOf(ordinal);
        if (slot >= 0)
        {
            _slotOf.Set(ordinal, -1);
            _ordinals.Clear(slot);
            Count--;
        }

        return slot;
    }

    /// <summary>Nothing points at the slot any longer; it is used again when the readers of now are gone.</summary>
    public void Free(int slot) => _freed.Enqueue((slot, Gate.Epoch));

    private int TakeSlot()
    {
        if (_freed.TryPeek(out var oldest) && Gate.IsPast(oldest.Epoch))
        {
            return _freed.Dequeue().Slot;
        }

        _rows.Reserve(SlotsEnd + 1);
        _ordinals.Reserve(SlotsEnd + 1);
        return SlotsEnd++;
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

    /// <summary>The query, checked, with zeros up to whole lanes; valid until this thread's next call.</summary>
    public ReadOnlySpan<float> PaddedQuery(ReadOnlySpan<float> query)
    {
        RequireDimensions(query.Length, nameof(query));
        return TensorPrimitives.IsFiniteAll(query)
            ? PaddedCopy(query)
            : throw new ArgumentException("The query vector has a component that is not finite.", nameof(query));
    }

    private Span<float> PaddedCopy(ReadOnlySpan<float> vector)
    {
        var padded = paddedQuery is { } kept && kept.Length >= _stride ? kept : paddedQuery = new float[_stride];
        vector.CopyTo(padded);
        padded.AsSpan(Dimensions, _stride - Dimensions).Clear();
        return padded.AsSpan(0, _stride);
    }

    public void Write(BodyWriter body)
    {
        _rows.Write(body, SlotsEnd);
        _ordinals.Write(body, SlotsEnd);
    }

    /// <summary>Rows over a mapped file; slots without an ordinal are free.</summary>
    public static VectorRows Read(int dimensions, int slotsEnd, MappedBody body)
    {
        var rows = new VectorRows(dimensions) { SlotsEnd = slotsEnd };
        rows._rows.Read(body, slotsEnd);
        rows._ordinals.Read(body, slotsEnd);
        for (var slot = 0; slot < slotsEnd; slot++)
        {
            if (rows.OrdinalOf(slot) is >= 0 and var ordinal)
            {
                rows._slotOf.Set(ordinal, slot);
                rows.Count++;
            }
            else
            {
                rows.Free(slot);
            }
        }

        return rows;
    }

    private void RequireDimensions(int length, string parameter)
    {
        if (length != Dimensions)
        {
            throw new ArgumentException($"The vector has {length} components; this index holds {Dimensions}.", parameter);
        }
    }
}
