using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MemoryCluster.Index.Vectors;

/// <summary>Every accepted row's code is compared with the query's; the best by code are scored again in full precision.</summary>
/// <remarks>
/// <code>
/// codes:  slot 0 | slot 1 | ...    bytes, whole lanes, one after the other: what a scan reads
/// notes:  64 slots a row: ordinal[64] | scale[64] | bias[64]
/// </code>
/// An ordinal stands as its complement, so that fresh zeros say "none" (-1). Candidates are kept by ordinal: of equal rows the smaller
/// ordinals stay, wherever they lie.
/// </remarks>
internal sealed unsafe class Int8Scan
{
    private const int PageSlots = 64;
    private const int NotesPerPage = 3 * PageSlots;

    /// <summary>Queries that share a pass.</summary>
    public const int QueriesPerPass = 4;

    private readonly VectorRows _rows;
    private readonly AlignedRows _codes;
    private readonly AlignedRows _notes = new(NotesPerPage * sizeof(int));
    private readonly int _codeBytes;
    private int _end;

    public Int8Scan(VectorRows rows)
    {
        _rows = rows;
        _codeBytes = Int8Code.BytesOf(rows.Dimensions);
        _codes = new AlignedRows(_codeBytes);
    }

    /// <summary>Takes the vector of a slot in.</summary>
    public void Add(int slot, int ordinal)
    {
        _codes.Reserve(slot + 1);
        _notes.Reserve((slot / PageSlots) + 1);
        var vector = _rows.Row(slot)[.._rows.Dimensions];
        var (scale, bias) = Int8Code.EncodeRow(vector, new Span<sbyte>(_codes.At(slot), _codeBytes));
        var note = NoteOf(slot);
        ((float*)note)[PageSlots] = scale;
        note[2 * PageSlots] = bias;

        // After the rest, so that a scan beside this sees the whole row or none.
        Volatile.Write(ref *note, ~ordinal);
        Volatile.Write(ref _end, Math.Max(_end, slot + 1));
    }

    public void Remove(int slot) => Volatile.Write(ref *NoteOf(slot), 0);

    /// <summary>Gives the memory of free slots' codes back.</summary>
    public void Release(int first, int end) => _codes.Release(first, Math.Min(end, _codes.Capacity));

    private int* NoteOf(int slot) => (int*)_notes.At(slot / PageSlots) + (slot % PageSlots);

    /// <summary>How many candidates a search of k hits keeps before it scores them in full.</summary>
    public static int CandidatesFor(int k) => (2 * k) + 32;

    /// <summary>Fills <paramref name="hits"/>, best first; the caller has entered the gate.</summary>
    public int Search<TFilter>(ReadOnlySpan<float> paddedQuery, Span<ScoredOrdinal> hits, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var scratch = SearchScratch.OfThisThread;
        var query = scratch.QueryCodes(_codeBytes);
        var scale = Int8Code.EncodeQuery(paddedQuery[.._rows.Dimensions], new Span<byte>(query, _codeBytes));
        var best = new TopHits(scratch.Candidates(CandidatesFor(hits.Length)));
        var slots = stackalloc int[PageSlots];
        for (var page = 0; page < Volatile.Read(ref _end); page += PageSlots)
        {
            var notes = NoteOf(page);
            if (typeof(TFilter) == typeof(AcceptAll) && IsFull(notes))
            {
                ScanRun((sbyte*)_codes.At(page), notes, PageSlots, query, ref best);
                continue;
            }

            var accepted = Accepted(notes, filter, slots);
            if (accepted > 0)
            {
                ScanPage(page, notes, query, new ReadOnlySpan<int>(slots, accepted), ref best);
            }
        }

        return Rescore(paddedQuery, scale, best.Hits, hits);
    }

    // Four searches in one pass over the rows: on large shards reading them is the cost, and it is shared.
    public void SearchFour<TFilter>(
        ReadOnlySpan<float> paddedQueries, Span<ScoredOrdinal> hits, Span<int> counts, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var scratch = SearchScratch.OfThisThread;
        var stride = paddedQueries.Length / QueriesPerPass;
        var k = hits.Length / QueriesPerPass;
        var queries = scratch.QueryCodes(QueriesPerPass * _codeBytes);
        var candidates = scratch.Candidates(QueriesPerPass * CandidatesFor(k));
        Span<float> scales = stackalloc float[QueriesPerPass];
        for (var i = 0; i < QueriesPerPass; i++)
        {
            scales[i] = Int8Code.EncodeQuery(
                paddedQueries.Slice(i * stride, _rows.Dimensions), new Span<byte>(queries + (i * _codeBytes), _codeBytes));
        }

        var perQuery = candidates.Length / QueriesPerPass;
        var best0 = new TopHits(candidates[..perQuery]);
        var best1 = new TopHits(candidates.Slice(perQuery, perQuery));
        var best2 = new TopHits(candidates.Slice(2 * perQuery, perQuery));
        var best3 = new TopHits(candidates[(3 * perQuery)..]);
        var slots = stackalloc int[PageSlots];
        for (var page = 0; page < Volatile.Read(ref _end); page += PageSlots)
        {
            var notes = NoteOf(page);
            var accepted = Accepted(notes, filter, slots);
            var worst = Vector128.Create(best0.Threshold, best1.Threshold, best2.Threshold, best3.Threshold);
            for (var i = 0; i < accepted; i++)
            {
                var offset = slots[i];
                var sums = Int8Product.OfFourQueries(queries, _codeBytes, (sbyte*)_codes.At(page + offset), _codeBytes);
                var scores = Score(sums, Vector128.Create(notes[(2 * PageSlots) + offset]), Vector128.Create(((float*)notes)[PageSlots + offset]));
                if (Vector128.GreaterThanOrEqualAny(scores, worst))
                {
                    var ordinal = ~notes[offset];
                    best0.Offer(ordinal, scores[0]);
                    best1.Offer(ordinal, scores[1]);
                    best2.Offer(ordinal, scores[2]);
                    best3.Offer(ordinal, scores[3]);
                    worst = Vector128.Create(best0.Threshold, best1.Threshold, best2.Threshold, best3.Threshold);
                }
            }
        }

        counts[0] = Rescore(paddedQueries[..stride], scales[0], best0.Hits, hits[..k]);
        counts[1] = Rescore(paddedQueries.Slice(stride, stride), scales[1], best1.Hits, hits.Slice(k, k));
        counts[2] = Rescore(paddedQueries.Slice(2 * stride, stride), scales[2], best2.Hits, hits.Slice(2 * k, k));
        counts[3] = Rescore(paddedQueries[(3 * stride)..], scales[3], best3.Hits, hits[(3 * k)..]);
    }

    // The filter is asked here, before anything is scored.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Accepted<TFilter>(int* notes, TFilter filter, int* slots)
        where TFilter : struct, IOrdinalFilter
    {
        // The rows are read in order, which the processor sees by itself; the notes come in pieces too short for that.
        Prefetch.Lines(notes + NotesPerPage, NotesPerPage * sizeof(int));
        var count = 0;
        for (var offset = 0; offset < PageSlots; offset++)
        {
            var ordinal = ~Volatile.Read(ref notes[offset]);
            if (ordinal != -1 && filter.Accepts(ordinal))
            {
                slots[count++] = offset;
            }
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsFull(int* notes)
    {
        // The rows are read in order, which the processor sees by itself; the notes come in pieces too short for that.
        Prefetch.Lines(notes + NotesPerPage, NotesPerPage * sizeof(int));
        return !(Vector512.EqualsAny(Vector512.Load(notes), Vector512<int>.Zero)
            | Vector512.EqualsAny(Vector512.Load(notes + 16), Vector512<int>.Zero)
            | Vector512.EqualsAny(Vector512.Load(notes + 32), Vector512<int>.Zero)
            | Vector512.EqualsAny(Vector512.Load(notes + 48), Vector512<int>.Zero));
    }

    // Accepted rows that lie side by side are scored four at a time, the others one by one.
    private void ScanPage(int page, int* notes, byte* query, ReadOnlySpan<int> offsets, ref TopHits best)
    {
        var codes = (sbyte*)_codes.At(page);
        for (var i = 0; i < offsets.Length;)
        {
            var first = offsets[i];
            var end = i + 1;
            while (end < offsets.Length && offsets[end] == first + end - i)
            {
                end++;
            }

            ScanRun(codes + (first * _codeBytes), notes + first, end - i, query, ref best);
            i = end;
        }
    }

    private void ScanRun(sbyte* codes, int* notes, int count, byte* query, ref TopHits best)
    {
        var codeBytes = _codeBytes;
        var scales = (float*)notes + PageSlots;
        var biases = notes + (2 * PageSlots);
        var worst = best.Threshold;
        var i = 0;
        for (; i <= count - 4; i += 4)
        {
            var sums = Int8Product.OfRun(query, codes, codeBytes);
            var scores = Score(sums, Vector128.Load(biases + i), Vector128.Load(scales + i));
            codes += 4 * codeBytes;
            if (Vector128.GreaterThanOrEqualAny(scores, Vector128.Create(worst)))
            {
                worst = OfferFour(notes + i, scores, ref best);
            }
        }

        for (; i < count; i++)
        {
            best.Offer(~notes[i], (Int8Product.Of(query, codes, codeBytes) - biases[i]) * scales[i]);
            codes += codeBytes;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float OfferFour(int* notes, Vector128<float> scores, ref TopHits best)
    {
        for (var i = 0; i < 4; i++)
        {
            best.Offer(~notes[i], scores[i]);
        }

        return best.Threshold;
    }

    // The query's scale is left out: it is the same for all.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Score(Vector128<int> sums, Vector128<int> biases, Vector128<float> scales) =>
        Vector128.ConvertToSingle(sums - biases) * scales;

    private int Rescore(ReadOnlySpan<float> paddedQuery, float queryScale, ReadOnlySpan<ScoredOrdinal> candidates, Span<ScoredOrdinal> hits)
    {
        var top = new TopHits(hits);
        var enough = float.NegativeInfinity;
        if (candidates.Length > hits.Length && hits.Length > 0)
        {
            var last = candidates[hits.Length - 1];
            var rowScale = _rows.SlotOf(last.Ordinal) is >= 0 and var lastSlot ? ((float*)NoteOf(lastSlot))[PageSlots] : 1;
            enough = last.Score - Int8Code.Rounding(paddedQuery, queryScale, rowScale);
        }

        foreach (var candidate in candidates)
        {
            if (candidate.Score < enough)
            {
                break;
            }

            // What the writer has taken away meanwhile is no hit.
            if (_rows.SlotOf(candidate.Ordinal) is >= 0 and var slot)
            {
                top.Offer(candidate.Ordinal, _rows.ScoreOf(paddedQuery, slot));
            }
        }

        return top.Count;
    }
}
