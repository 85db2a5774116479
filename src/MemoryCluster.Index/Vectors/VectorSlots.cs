using System.Numerics.Tensors;

namespace MemoryCluster.Index.Vectors;

/// <summary>Which slot an ordinal has, and which slots are free: what every kind of rows needs, whatever the rows hold.</summary>
/// <remarks>
/// One writer; readers enter <see cref="Gate"/>, and a slot they may be looking at is not given away before they leave. The lowest free slot
/// is taken first, so that what is in use draws together and whole pages behind it come free.
/// </remarks>
internal abstract class VectorSlots
{
    // Free slots among those in use that are left as they are: below it a page or two could be gained.
    private const int GapsMin = 64;

    // And an eighth of them: what is added next takes them, and moving costs more than it gains.
    private const int GapsShare = 8;

    // How far around a freed slot free ones are looked for: more than a memory page holds of the smallest rows.
    private const int IdleReach = 128;

    [ThreadStatic]
    private static float[]? paddedQuery;

    private readonly OrdinalMap _slotOf = new();
    private readonly Queue<(int Slot, long Epoch)> _freed = new();
    private readonly PriorityQueue<int, int> _free = new();
    private readonly List<int> _idle = [];
    private readonly int _stride;
    private int _usedEnd;

    private protected VectorSlots(int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, RowVectorIndex.DimensionsMax);
        Dimensions = dimensions;
        _stride = InnerProduct.Pad(dimensions);
    }

    public int Dimensions { get; }

    public int Count { get; private set; }

    /// <summary>Slots ever in use: every slot is below.</summary>
    public int SlotsEnd { get; private protected set; }

    public ReaderGate Gate { get; } = new();

    private protected SlotOrdinals Ordinals { get; } = new();

    /// <summary>The slot of an ordinal, or -1.</summary>
    public int SlotOf(int ordinal) => _slotOf.Find(ordinal);

    /// <summary>The ordinal of a slot, or -1.</summary>
    public int OrdinalOf(int slot) => Ordinals.Of(slot);

    /// <summary>The vector is in every index that is to have it.</summary>
    public void Publish(int ordinal, int slot)
    {
        Ordinals.Set(slot, ordinal);
        _slotOf.Set(ordinal, slot);
        _usedEnd = Math.Max(_usedEnd, slot + 1);
        Count++;
    }

    /// <summary>Takes the ordinal away and returns the slot that it had, or -1. The slot is given away again by <see cref="Free"/>.</summary>
    public int Withdraw(int ordinal)
    {
        var slot = SlotOf(ordinal);
        if (slot >= 0)
        {
            _slotOf.Set(ordinal, -1);
            Ordinals.Clear(slot);
            Count--;
        }

        return slot;
    }

    /// <summary>Nothing points at the slot any longer; it is used again when the readers of now are gone.</summary>
    public void Free(int slot) => _freed.Enqueue((slot, Gate.Epoch));

    /// <summary>The last vector, where there are many gaps before it, into the lowest of which it would move; else -1.</summary>
    public int NextToMove()
    {
        SettleFreed();
        while (_usedEnd > 0 && OrdinalOf(_usedEnd - 1) < 0)
        {
            _usedEnd--;
        }

        return _usedEnd - Count > GapsMin + (Count / GapsShare) && _free.TryPeek(out var lowest, out _) && lowest < _usedEnd - 1
            ? OrdinalOf(_usedEnd - 1)
            : -1;
    }

    /// <summary>
    /// Runs of free slots, from and up to, in which some came free since this was last asked; none while a reader may be looking at one.
    /// </summary>
    public List<(int First, int End)> TakeIdle()
    {
        var runs = new List<(int First, int End)>();
        SettleFreed();
        if (_freed.Count > 0)
        {
            return runs;
        }

        _idle.Sort();
        var done = 0;
        foreach (var slot in _idle)
        {
            if (slot < done || OrdinalOf(slot) >= 0)
            {
                continue;
            }

            var first = slot;
            while (first > Math.Max(done, slot - IdleReach) && OrdinalOf(first - 1) < 0)
            {
                first--;
            }

            var end = slot + 1;
            while (end < SlotsEnd && OrdinalOf(end) < 0)
            {
                end++;
            }

            runs.Add((first, end));
            done = end;
        }

        _idle.Clear();
        return runs;
    }

    /// <summary>The query, checked, with zeros up to whole lanes; valid until this thread's next call.</summary>
    public ReadOnlySpan<float> PaddedQuery(ReadOnlySpan<float> query)
    {
        RequireDimensions(query.Length, nameof(query));
        return TensorPrimitives.IsFiniteAll(query)
            ? PaddedCopy(query)
            : throw new ArgumentException("The query vector has a component that is not finite.", nameof(query));
    }

    /// <summary>The vector, checked, scaled to unit length where it is not, with zeros up to whole lanes; valid until this thread's next call.</summary>
    private protected Span<float> PaddedUnit(int ordinal, ReadOnlySpan<float> vector)
    {
        RequireDimensions(vector.Length, nameof(vector));
        if (SlotOf(ordinal) >= 0)
        {
            throw new ArgumentException($"Ordinal {ordinal} already has a vector; remove it first.", nameof(ordinal));
        }

        var unit = PaddedCopy(vector);
        return UnitVector.TryNormalize(unit[..Dimensions])
            ? unit
            : throw new ArgumentException($"The vector of ordinal {ordinal} has no direction: it is zero or not finite.", nameof(vector));
    }

    private protected Span<float> PaddedCopy(ReadOnlySpan<float> vector)
    {
        var padded = paddedQuery is { } kept && kept.Length >= _stride ? kept : paddedQuery = new float[_stride];
        vector.CopyTo(padded);
        padded.AsSpan(Dimensions, _stride - Dimensions).Clear();
        return padded.AsSpan(0, _stride);
    }

    private protected int TakeSlot()
    {
        SettleFreed();
        if (_free.TryDequeue(out var free, out _))
        {
            return free;
        }

        ReserveRows(SlotsEnd + 1);
        Ordinals.Reserve(SlotsEnd + 1);
        return SlotsEnd++;
    }

    private protected void NoteLoaded(int slot)
    {
        if (OrdinalOf(slot) is >= 0 and var ordinal)
        {
            _slotOf.Set(ordinal, slot);
            _usedEnd = Math.Max(_usedEnd, slot + 1);
            Count++;
        }
        else
        {
            _free.Enqueue(slot, slot);
        }
    }

    private protected abstract void ReserveRows(int rows);

    private protected void RequireDimensions(int length, string parameter)
    {
        if (length != Dimensions)
        {
            throw new ArgumentException($"The vector has {length} components; this index holds {Dimensions}.", parameter);
        }
    }

    private void SettleFreed()
    {
        while (_freed.TryPeek(out var oldest) && Gate.IsPast(oldest.Epoch))
        {
            _freed.Dequeue();
            _free.Enqueue(oldest.Slot, oldest.Slot);
            _idle.Add(oldest.Slot);
        }
    }
}
