namespace MemoryCluster.Index.Vectors;

/// <summary>Vectors of which only a code is left, 8, 4 or 2 bits a component: searched by a scan, scored by what the code stands for.</summary>
/// <remarks>
/// <code>
/// codes:  slot 0 | slot 1 | ...    see PackedCode, whole lanes
/// notes:  64 slots a row: ordinal[64] | scale[64] | bias[64]      ordinals as complements: fresh zeros say "none"
/// </code>
/// One writer, any number of readers beside it.
/// </remarks>
internal sealed unsafe class PackedRows : VectorSlots
{
    private const int PageSlots = 64;
    private const int NotesPerPage = 3 * PageSlots;

    private readonly Rotation _rotation;
    private readonly AlignedRows _codes;
    private readonly AlignedRows _notes = new(NotesPerPage * sizeof(int));
    private readonly int _packedBytes;
    private readonly int _unpackedBytes;
    private int _end;

    public PackedRows(int dimensions, int bits)
        : base(dimensions)
    {
        Bits = bits;
        _rotation = new Rotation(dimensions);
        _packedBytes = PackedCode.BytesOf(dimensions, bits);
        _unpackedBytes = PackedCode.UnpackedBytesOf(dimensions, bits);
        _codes = new AlignedRows(_packedBytes);
    }

    /// <summary>Bits a component.</summary>
    public int Bits { get; }

    /// <summary>Bytes that a vector takes here.</summary>
    public int BytesPerVector => _packedBytes + (3 * sizeof(int)) + (2 * sizeof(int));

    /// <summary>Holds the vector's code; the vector is scaled to unit length where it is not.</summary>
    public void Add(int ordinal, ReadOnlySpan<float> vector)
    {
        var unit = PaddedUnit(ordinal, vector)[..Dimensions];
        _rotation.Apply(unit);
        var slot = TakeSlot();
        Note(slot, ordinal, PackedCode.Encode(unit, Bits, Code(slot)));
    }

    /// <summary>Holds a code that was saved.</summary>
    public void Add(int ordinal, float scale, int bias, ReadOnlySpan<byte> code)
    {
        var slot = TakeSlot();
        code.CopyTo(Code(slot));
        Note(slot, ordinal, (scale, bias));
    }

    public bool Remove(int ordinal)
    {
        var slot = Withdraw(ordinal);
        if (slot < 0)
        {
            return false;
        }

        Volatile.Write(ref *NoteOf(slot), 0);
        Free(slot);
        return true;
    }

    /// <summary>Whether this is the code of that vector.</summary>
    public bool Holds(int ordinal, ReadOnlySpan<float> vector)
    {
        var unit = PaddedCopy(vector)[..Dimensions];
        if (SlotOf(ordinal) is not (>= 0 and var slot) || !UnitVector.TryNormalize(unit))
        {
            return false;
        }

        _rotation.Apply(unit);
        Span<byte> code = new byte[_packedBytes];
        var (scale, bias) = PackedCode.Encode(unit, Bits, code);
        return code.SequenceEqual(Code(slot)) && scale == ScaleOf(slot) && bias == BiasOf(slot);
    }

    /// <summary>What the code stands for: near the vector and not it. False where there is none.</summary>
    public bool TryRestore(int ordinal, Span<float> vector)
    {
        var lane = Gate.Enter();
        try
        {
            if (SlotOf(ordinal) is not (>= 0 and var slot))
            {
                return false;
            }

            Restore(slot, vector[..Dimensions]);
            _rotation.Invert(vector[..Dimensions]);
            return true;
        }
        finally
        {
            Gate.Exit(lane);
        }
    }

    public float Score(ReadOnlySpan<float> query, int ordinal)
    {
        Span<float> score = stackalloc float[1];
        return Score(query, [ordinal], score) == 1 ? score[0] : throw new KeyNotFoundException($"Ordinal {ordinal} has no vector.");
    }

    /// <summary>Scores those that are here and leaves the others' places as they are; returns how many are here.</summary>
    public int Score(ReadOnlySpan<float> query, ReadOnlySpan<int> ordinals, Span<float> scores)
    {
        var rotated = Rotated(query);
        var count = 0;
        var lane = Gate.Enter();
        try
        {
            for (var i = 0; i < ordinals.Length; i++)
            {
                if (SlotOf(ordinals[i]) is >= 0 and var slot)
                {
                    scores[i] = ScoreOf(rotated, slot);
                    count++;
                }
            }
        }
        finally
        {
            Gate.Exit(lane);
        }

        return count;
    }

    /// <summary>Fills <paramref name="hits"/> with the nearest accepted, best first.</summary>
    public int Search<TFilter>(ReadOnlySpan<float> query, Span<ScoredOrdinal> hits, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var rotated = Rotated(query);
        var lane = Gate.Enter();
        try
        {
            return Scan(rotated, hits, filter);
        }
        finally
        {
            Gate.Exit(lane);
        }
    }

    /// <summary>Gives the memory of removed codes back, as <see cref="RowVectorIndex.Trim"/> does.</summary>
    public void Trim(int movesMax)
    {
        for (; movesMax > 0 && NextToMove() is >= 0 and var ordinal; movesMax--)
        {
            var slot = SlotOf(ordinal);
            var (scale, bias, code) = (ScaleOf(slot), BiasOf(slot), Code(slot).ToArray());
            Remove(ordinal);
            Add(ordinal, scale, bias, code);
        }

        foreach (var (first, end) in TakeIdle())
        {
            _codes.Release(first, end);
        }
    }

    /// <summary>All codes, by slot.</summary>
    public IEnumerable<(int Ordinal, float Scale, int Bias, byte[] Code)> All()
    {
        for (var slot = 0; slot < SlotsEnd; slot++)
        {
            if (OrdinalOf(slot) is >= 0 and var ordinal)
            {
                yield return (ordinal, ScaleOf(slot), BiasOf(slot), Code(slot).ToArray());
            }
        }
    }

    private protected override void ReserveRows(int rows)
    {
        _codes.Reserve(rows);
        _notes.Reserve(((rows - 1) / PageSlots) + 1);
    }

    private int Scan<TFilter>(ReadOnlySpan<float> rotatedQuery, Span<ScoredOrdinal> hits, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var scratch = SearchScratch.OfThisThread;
        var query = scratch.QueryCodes(_unpackedBytes);
        Int8Code.EncodeQuery(rotatedQuery[..Dimensions], new Span<byte>(query, _unpackedBytes));
        var room = (sbyte*)scratch.AskingCode(_unpackedBytes);
        var best = new TopHits(scratch.Candidates(Int8Scan.CandidatesFor(hits.Length)));
        for (var page = 0; page < Volatile.Read(ref _end); page += PageSlots)
        {
            var notes = NoteOf(page);
            Prefetch.Lines(notes + NotesPerPage, NotesPerPage * sizeof(int));
            for (var offset = 0; offset < PageSlots; offset++)
            {
                // The filter is asked before anything is scored.
                var ordinal = ~Volatile.Read(ref notes[offset]);
                if (ordinal != -1 && filter.Accepts(ordinal))
                {
                    var code = PackedCode.Unpack(_codes.At(page + offset), Bits, _packedBytes, room);
                    var sum = Int8Product.Of(query, code, _unpackedBytes) - notes[(2 * PageSlots) + offset];
                    best.Offer(ordinal, sum * ((float*)notes)[PageSlots + offset]);
                }
            }
        }

        var top = new TopHits(hits);
        foreach (var candidate in best.Hits)
        {
            // What the writer has taken away meanwhile is no hit.
            if (SlotOf(candidate.Ordinal) is >= 0 and var slot)
            {
                top.Offer(candidate.Ordinal, ScoreOf(rotatedQuery, slot));
            }
        }

        return top.Count;
    }

    // Valid until this thread's next search or score.
    private ReadOnlySpan<float> Rotated(ReadOnlySpan<float> query)
    {
        var padded = PaddedQuery(query);
        var rotated = SearchScratch.OfThisThread.PaddedQueries(padded.Length);
        padded.CopyTo(rotated);
        _rotation.Apply(rotated[..Dimensions]);
        return rotated;
    }

    // The query in full against what the code stands for: the one rounding left is the code's own.
    private float ScoreOf(ReadOnlySpan<float> rotatedQuery, int slot)
    {
        Span<float> restored = stackalloc float[1_024];
        restored = rotatedQuery.Length <= restored.Length ? restored[..rotatedQuery.Length] : new float[rotatedQuery.Length];
        Restore(slot, restored[..Dimensions]);
        restored[Dimensions..].Clear();
        return InnerProduct.Of(in rotatedQuery[0], in restored[0], rotatedQuery.Length);
    }

    private void Restore(int slot, Span<float> vector)
    {
        var room = (sbyte*)SearchScratch.OfThisThread.AskingCode(_unpackedBytes);
        var code = PackedCode.Unpack(_codes.At(slot), Bits, _packedBytes, room);
        var scale = ScaleOf(slot);
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = scale * code[i];
        }
    }

    private void Note(int slot, int ordinal, (float Scale, int Bias) of)
    {
        var note = NoteOf(slot);
        ((float*)note)[PageSlots] = of.Scale;
        note[2 * PageSlots] = of.Bias;

        // After the rest, so that a scan beside this sees the whole row or none; and it looks the slot up before it scores in full.
        Publish(ordinal, slot);
        Volatile.Write(ref *note, ~ordinal);
        Volatile.Write(ref _end, Math.Max(_end, slot + 1));
    }

    private Span<byte> Code(int slot) => new(_codes.At(slot), _packedBytes);

    private int* NoteOf(int slot) => (int*)_notes.At(slot / PageSlots) + (slot % PageSlots);

    private float ScaleOf(int slot) => ((float*)NoteOf(slot))[PageSlots];

    private int BiasOf(int slot) => NoteOf(slot)[2 * PageSlots];
}
