using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MemoryCluster.Index.Lexical;

/// <summary>
/// Finds the best documents exactly, without scoring most: MaxScore (H. Turtle and J. Flood, "Query evaluation: strategies and
/// optimizations", Information Processing and Management 31(6), 1995) with the bounds of blocks (Ding and Suel, SIGIR 2011), window
/// by window.
/// </summary>
/// <remarks>
/// In each window of slots the terms are split by their bounds there: those that could not lift a document into the answer even
/// together are only looked up for the documents that the others, the essential ones, have met. Scores are whole numbers of one unit
/// per query, a power of two: their sums do not depend on the order of addition, so that pruning changes neither scores nor ties.
/// </remarks>
internal ref struct WindowSearch<TFilter>
    where TFilter : struct, IOrdinalFilter
{
    private readonly LexicalScratch _scratch;
    private readonly ReadOnlySpan<int> _ordinals;
    private readonly ReadOnlySpan<float> _lengths;
    private readonly PostingPool _pool;
    private readonly Bm25Norm _norm;
    private readonly PhraseScorer _phrases;
    private readonly float _unit;
    private readonly TFilter _filter;
    private readonly Span<ScoredOrdinal> _hits;
    private TopHits _top;
    private int _neededInAll;
    private int _needed;
    private int _essentialFrom;
    private int _start;
    private int _end;
    private int _candidateCount;

    public WindowSearch(
        LexicalScratch scratch, in Bm25Collection collection, PhraseScorer phrases, float unit, TFilter filter, Span<ScoredOrdinal> hits)
    {
        _scratch = scratch;
        _ordinals = collection.Ordinals;
        _lengths = collection.Lengths;
        _pool = collection.Pool;
        _norm = collection.Norm;
        _phrases = phrases;
        _unit = unit;
        _filter = filter;
        _hits = hits;
        _top = new TopHits(hits);
        _neededInAll = 1;
        _needed = 1;
    }

    public int Run()
    {
        while (MoveToWindow() && _hits.Length > 0)
        {
            if (!Plan())
            {
                continue;
            }

            foreach (var number in _scratch.Order.AsSpan(_essentialFrom, _scratch.Cursors.Length - _essentialFrom))
            {
                Accumulate(ref _scratch.Cursors[number]);
            }

            Collect();
            Refine();
            OfferCandidates();
        }

        return _top.Count;
    }

    // The next window begins at the first slot that any term still has.
    private bool MoveToWindow()
    {
        var next = int.MaxValue;
        foreach (ref var cursor in _scratch.Cursors)
        {
            cursor.SkipTo(_end);
            if (cursor.Block < cursor.BlockCount)
            {
                next = Math.Min(next, Math.Max(_end, cursor.FirstSlot(cursor.Block)));
            }
        }

        _start = next;
        _end = next == int.MaxValue ? next : next + LexicalScratch.Window;
        return next != int.MaxValue;
    }

    // Bounds in this window, ascending; then as many terms as cannot reach the answer together are not essential.
    private bool Plan()
    {
        var cursors = _scratch.Cursors;
        var order = _scratch.Order.AsSpan(0, cursors.Length);
        foreach (ref var cursor in cursors)
        {
            var penalty = cursor.PenaltyMin(_end, _norm.PerTerm);
            cursor.WindowMax = float.IsInfinity(penalty) ? 0 : Impact.ScoreMax(cursor.Scale, penalty);
        }

        for (var i = 1; i < order.Length; i++)
        {
            var number = order[i];
            var j = i;
            for (; j > 0 && cursors[order[j - 1]].WindowMax > cursors[number].WindowMax; j--)
            {
                order[j] = order[j - 1];
            }

            order[j] = number;
        }

        var sum = 0;
        _essentialFrom = 0;
        while (_essentialFrom < order.Length && (sum += cursors[order[_essentialFrom]].WindowMax) < _needed)
        {
            _essentialFrom++;
        }

        return _essentialFrom < order.Length;
    }

    private void Accumulate(ref TermCursor cursor)
    {
        ref var scores = ref MemoryMarshal.GetArrayDataReference(_scratch.Scores);
        ref var met = ref MemoryMarshal.GetArrayDataReference(_scratch.Met);
        for (; cursor.Block < cursor.BlockCount && cursor.FirstSlot(cursor.Block) < _end; cursor.Block++)
        {
            Unpack(ref cursor);
            ScoreBlock(ref cursor);
            var slots = _scratch.Slots(cursor.Number)[..cursor.Count];
            ref var blockScores = ref MemoryMarshal.GetReference(_scratch.BlockScores(cursor.Number));
            var position = FirstNotBefore(slots, cursor.Position, _start);
            for (; position < slots.Length && slots[position] < _end; position++)
            {
                var index = slots[position] - _start;
                Unsafe.Add(ref scores, index) += Unsafe.Add(ref blockScores, position);
                Unsafe.Add(ref met, index >> 6) |= 1UL << index;
            }

            cursor.Position = position;
            if (position < slots.Length)
            {
                break;
            }
        }
    }

    // Takes out what can still reach the answer, by ascending slot, and leaves all scores 0. Kept or not is no branch: nobody could foretell it.
    private void Collect()
    {
        var atLeast = Math.Max(1, _needed - MaxOfOthers());
        var (scores, met) = (_scratch.Scores, _scratch.Met);
        var (candidates, candidateScores) = (_scratch.Candidates, _scratch.CandidateScores);
        var count = 0;
        for (var word = 0; word < met.Length; word++)
        {
            for (var bits = met[word]; bits != 0; bits &= bits - 1)
            {
                var index = (word << 6) + BitOperations.TrailingZeroCount(bits);
                var score = scores[index];
                scores[index] = 0;
                candidates[count] = _start + index;
                candidateScores[count] = score;
                count += score >= atLeast ? 1 : 0;
            }

            met[word] = 0;
        }

        _candidateCount = count;
    }

    private readonly int MaxOfOthers()
    {
        var sum = 0;
        foreach (var number in _scratch.Order.AsSpan(0, _essentialFrom))
        {
            sum += _scratch.Cursors[number].WindowMax;
        }

        return sum;
    }

    // The other terms by falling bound; who cannot reach the answer any more leaves before each.
    private void Refine()
    {
        var remaining = MaxOfOthers();
        for (var i = _essentialFrom - 1; i >= 0 && _candidateCount > 0; i--)
        {
            ref var cursor = ref _scratch.Cursors[_scratch.Order[i]];
            DropBelow(_needed - remaining);
            remaining -= cursor.WindowMax;
            AddScores(ref cursor);
        }
    }

    private void DropBelow(int atLeast)
    {
        var candidates = _scratch.Candidates.AsSpan(0, _candidateCount);
        var scores = _scratch.CandidateScores.AsSpan(0, _candidateCount);
        var kept = 0;
        for (var c = 0; c < candidates.Length && c < scores.Length; c++)
        {
            var score = scores[c];
            candidates[kept] = candidates[c];
            scores[kept] = score;
            kept += score >= atLeast ? 1 : 0;
        }

        _candidateCount = kept;
    }

    private readonly void AddScores(ref TermCursor cursor)
    {
        var candidates = _scratch.Candidates.AsSpan(0, _candidateCount);
        for (var c = 0; c < candidates.Length;)
        {
            cursor.SkipTo(candidates[c]);
            if (cursor.Block == cursor.BlockCount)
            {
                return;
            }

            var (first, last) = (cursor.FirstSlot(cursor.Block), cursor.LastSlot(cursor.Block));
            while (c < candidates.Length && candidates[c] < first)
            {
                c++;
            }

            if (c < candidates.Length && candidates[c] <= last)
            {
                c = AddBlockScores(ref cursor, candidates, c, last);
            }
        }
    }

    // The candidates up to the block's last slot; returns the first behind it.
    private readonly int AddBlockScores(ref TermCursor cursor, ReadOnlySpan<int> candidates, int c, int last)
    {
        Unpack(ref cursor);
        var slots = _scratch.Slots(cursor.Number)[..cursor.Count];
        var position = cursor.Position;
        for (; c < candidates.Length && candidates[c] <= last; c++)
        {
            var slot = candidates[c];
            position = FirstNotBefore(slots, position, slot);
            if (slots[position] == slot)
            {
                _scratch.CandidateScores[c] += _norm.Score(cursor.Scale, _scratch.Frequencies(cursor.Number)[position] + 1, _lengths[slot]);
            }
        }

        cursor.Position = position;
        return c;
    }

    // Here, and not per posting, the filter is asked: only documents that would be in the answer, before they are.
    private void OfferCandidates()
    {
        for (var c = 0; c < _candidateCount; c++)
        {
            var score = _scratch.CandidateScores[c];
            var slot = _scratch.Candidates[c];
            if (score < _needed)
            {
                continue;
            }

            var phrasesMax = _phrases.ScoreMax(slot);
            if (score + phrasesMax >= _neededInAll && _filter.Accepts(_ordinals[slot]))
            {
                Offer(slot, phrasesMax == 0 ? score : score + _phrases.Score(slot));
            }
        }
    }

    private void Offer(int slot, int score)
    {
        if (score < _neededInAll)
        {
            return;
        }

        _top.Offer(_ordinals[slot], score * _unit);
        if (_top.Count == _hits.Length)
        {
            // Of equal scores the smaller ordinal wins, so an equal one is still needed.
            _neededInAll = (int)(_hits[^1].Score / _unit);
            _needed = _phrases.LeastWithoutPhrases(_neededInAll);
        }
    }

    private readonly void Unpack(ref TermCursor cursor)
    {
        if (cursor.Unpacked == cursor.Block)
        {
            return;
        }

        cursor.Unpacked = cursor.Block;
        cursor.Position = 0;
        var slots = _scratch.Slots(cursor.Number);
        var frequencies = _scratch.Frequencies(cursor.Number);
        if (cursor.Block < cursor.SealedCount)
        {
            cursor.Count = BitPacking.Count;
            cursor.Sealed!.ReadSlots(cursor.Block, slots);
            cursor.Sealed.ReadFrequencies(cursor.Block, frequencies);
            return;
        }

        var tail = _pool.Slice(cursor.Tail, cursor.TailCount);
        cursor.Count = tail.Length;
        for (var i = 0; i < tail.Length; i++)
        {
            slots[i] = tail[i].Slot;
            frequencies[i] = tail[i].Frequency - 1;
        }
    }

    private readonly void ScoreBlock(ref TermCursor cursor)
    {
        if (cursor.Scored == cursor.Block)
        {
            return;
        }

        cursor.Scored = cursor.Block;
        ref var lengths = ref MemoryMarshal.GetArrayDataReference(_scratch.Lengths);
        var slots = _scratch.Slots(cursor.Number)[..cursor.Count];
        for (var i = 0; i < slots.Length; i++)
        {
            Unsafe.Add(ref lengths, i) = _lengths[slots[i]];
        }

        ref var frequencies = ref MemoryMarshal.GetReference(_scratch.Frequencies(cursor.Number));
        ref var scores = ref MemoryMarshal.GetReference(_scratch.BlockScores(cursor.Number));
        var scale = Vector256.Create(cursor.Scale);
        for (nuint i = 0; i < (nuint)slots.Length; i += (nuint)Vector256<int>.Count)
        {
            var frequency = Vector256.ConvertToSingle(Vector256.LoadUnsafe(ref frequencies, i) + Vector256<int>.One);
            _norm.Score(scale, frequency, Vector256.LoadUnsafe(ref lengths, i)).StoreUnsafe(ref scores, i);
        }
    }

    // Eight at a time. A slot that is not before lies within the count, or the caller looks behind the end.
    private static int FirstNotBefore(ReadOnlySpan<int> slots, int position, int slot)
    {
        var wanted = Vector256.Create(slot);
        ref var first = ref MemoryMarshal.GetReference(slots);
        for (; position + Vector256<int>.Count <= slots.Length; position += Vector256<int>.Count)
        {
            var notBefore = Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(ref first, (nuint)position), wanted).ExtractMostSignificantBits();
            if (notBefore != 0)
            {
                return position + BitOperations.TrailingZeroCount(notBefore);
            }
        }

        while (position < slots.Length && slots[position] < slot)
        {
            position++;
        }

        return position;
    }
}
