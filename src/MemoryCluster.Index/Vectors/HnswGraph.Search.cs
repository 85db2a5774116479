using System.Runtime.Intrinsics;

namespace MemoryCluster.Index.Vectors;

/// <content>Searches.</content>
internal sealed unsafe partial class HnswGraph
{
    // What the choice of a way weighs, in nanoseconds, measured at 384 components; only their ratios matter.
    private const double FilterCost = 3;
    private const double HopCost = 5;
    private const double ScoreCost = 35;

    // Of accepted nodes, four are scored while four are fetched.
    private const int FourTimesTwo = 8;

    private const int Samples = 256;

    // Of 256 a filter of one in a hundred may accept six: then it would pass for one of one in forty. More are asked until enough accept.
    private const int SamplesMax = 2_048;
    private const int AcceptedEnough = 32;

    // Where fewer are accepted, two hops meet too few of them, and the walk is widened by as much as they are fewer.
    private const double TwoHopsShare = 0.1;

    private const int SeedWidth = 32;
    private const int FreshMax = HnswNodes.LinksMin;

    private enum Way
    {
        WideWalk,
        TwoHops,
        Scan,
    }

    /// <summary>Fills <paramref name="hits"/>, best first, from a walk of a width; the caller has entered the gate.</summary>
    public int Search<TFilter>(ReadOnlySpan<float> paddedQuery, Span<ScoredOrdinal> hits, int width, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var end = Volatile.Read(ref _end);
        var entry = Volatile.Read(ref _entry);
        if (entry < 0 || hits.IsEmpty)
        {
            return 0;
        }

        width = Math.Max(width, hits.Length);
        var scratch = SearchScratch.OfThisThread;
        var query = scratch.QueryCodes(_nodes.CodeBytes);
        var scale = Int8Code.EncodeQuery(paddedQuery[.._rows.Dimensions], new Span<byte>(query, _nodes.CodeBytes));
        var share = typeof(TFilter) == typeof(AcceptAll) ? 1 : AcceptedShare(filter, end);
        var way = WayFor(share, width, end);
        var found = 0;
        if (way != Way.Scan)
        {
            for (var layer = TopOf(entry); layer > 0; layer--)
            {
                entry = Nearest(query, entry, layer);
            }

            found = way == Way.WideWalk
                ? WideWalk(paddedQuery, query, scale, hits, (int)(width / share), entry, end, filter)
                : TwoHops(paddedQuery, query, scale, hits, (int)(width * Widening(share)), entry, end, filter);
        }

        // A walk may end among what is not accepted; a scan does not.
        return found < hits.Length && found < Count ? Scan(paddedQuery, query, scale, hits, end, filter) : found;
    }

    private double AcceptedShare<TFilter>(TFilter filter, int end)
        where TFilter : struct, IOrdinalFilter
    {
        var (asked, accepted) = (0, 0);
        for (var i = 0; i < Samples || (i < SamplesMax && accepted < AcceptedEnough); i++)
        {
            // Steps of the golden ratio are spread evenly over any range and follow no rhythm of the caller's ordinals.
            var ordinal = _ordinals.Of((int)(((uint)i * 0x9E3779B9u) * (ulong)(uint)end >> 32));
            if (ordinal != -1)
            {
                asked++;
                accepted += filter.Accepts(ordinal) ? 1 : 0;
            }
        }

        return (accepted + 0.5) / (asked + 1);
    }

    private static Way WayFor(double share, int width, int end)
    {
        var wide = width / share * HnswNodes.LinksMax * ScoreCost / 2;
        var hops = Math.Min(FreshMax / share, HnswNodes.LinksMax * HnswNodes.LinksMax);
        var twoHops = width * Widening(share) * ((FreshMax * ScoreCost) + (hops * HopCost));
        var scan = end * (FilterCost + (share * ScoreCost));
        return scan < Math.Min(wide, twoHops) ? Way.Scan : wide < twoHops ? Way.WideWalk : Way.TwoHops;
    }

    private static double Widening(double share) => Math.Max(1, TwoHopsShare / share);

    // Everything on the way is scored and the accepted are kept: right while most are accepted.
    private int WideWalk<TFilter>(
        ReadOnlySpan<float> paddedQuery, byte* query, float scale, Span<ScoredOrdinal> hits, int width, int entry, int end, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var scratch = SearchScratch.OfThisThread;
        var beam = new Beam(scratch.Keys(width), width);
        Walk(ref beam, query, entry, 0, scratch.Visits(end));
        return Rescore(paddedQuery, scale, Accepted(ref beam, filter), hits);
    }

    // Only the accepted are scored; what is not is a bridge to its neighbours (ACORN, Patel et al. 2024, §5: two hops on an unfiltered graph).
    private int TwoHops<TFilter>(
        ReadOnlySpan<float> paddedQuery, byte* query, float scale, Span<ScoredOrdinal> hits, int width, int entry, int end, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var scratch = SearchScratch.OfThisThread;
        var seeds = new Beam(scratch.Keys(SeedWidth), SeedWidth);
        Walk(ref seeds, query, entry, 0, scratch.Visits(end));
        var seedCount = seeds.Count;
        var seedSlots = stackalloc int[SeedWidth];
        var seedScores = stackalloc float[SeedWidth];
        for (var i = 0; i < seedCount; i++)
        {
            (seedSlots[i], seedScores[i]) = (seeds.Slot(i), seeds.Score(i));
        }

        // The seeds that are not accepted take none of the width.
        var beam = new Beam(scratch.Keys(width + SeedWidth), width + SeedWidth);
        var visits = scratch.Visits(end);
        for (var i = 0; i < seedCount; i++)
        {
            visits.TryMark(seedSlots[i]);
            beam.Insert(seedSlots[i], seedScores[i]);
        }

        var fresh = stackalloc int[(2 * HnswNodes.LinksMax) + 4];
        var bridges = stackalloc int[HnswNodes.LinksMax];
        while (beam.TryGoOn(out var from))
        {
            var freshCount = 0;
            var bridgeCount = 0;
            var links = LinksOf(from, 0, out var count);
            for (var i = 0; i < count; i++)
            {
                if (visits.TryMark(links[i]) && _ordinals.Of(links[i]) is var ordinal && ordinal != -1)
                {
                    if (filter.Accepts(ordinal))
                    {
                        fresh[freshCount++] = links[i];
                    }
                    else
                    {
                        Prefetch.Lines(_nodes.At(links[i]), HnswNodes.LinksMax * sizeof(int));
                        bridges[bridgeCount++] = links[i];
                    }
                }
            }

            for (var bridge = 0; bridge < bridgeCount && freshCount < FreshMax; bridge++)
            {
                links = LinksOf(bridges[bridge], 0, out count);
                for (var i = 0; i < count; i++)
                {
                    if (visits.TryMark(links[i]) && _ordinals.Of(links[i]) is var ordinal && ordinal != -1 && filter.Accepts(ordinal))
                    {
                        fresh[freshCount++] = links[i];
                    }
                }
            }

            if (freshCount > 0)
            {
                Offer(ref beam, query, fresh, freshCount);
            }
        }

        return Rescore(paddedQuery, scale, Accepted(ref beam, filter), hits);
    }

    // Every accepted node is scored: right while few are.
    private int Scan<TFilter>(ReadOnlySpan<float> paddedQuery, byte* query, float scale, Span<ScoredOrdinal> hits, int end, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var best = new TopHits(SearchScratch.OfThisThread.Candidates(Int8Scan.CandidatesFor(hits.Length)));
        var slots = stackalloc int[SlotOrdinals.PageSlots + 3];
        var count = 0;
        var page = _ordinals.PageOf(0);
        for (var slot = 0; slot < end; slot++)
        {
            if (slot % SlotOrdinals.PageSlots == 0)
            {
                page = _ordinals.PageOf(slot);
            }

            if (~page[slot % SlotOrdinals.PageSlots] is var ordinal && ordinal != -1 && filter.Accepts(ordinal))
            {
                Prefetch.Lines(_nodes.At(slot), _nodes.BlockBytes);
                slots[count++] = slot;
                if (count == FourTimesTwo)
                {
                    ScoreFour(query, slots, 4, ref best);
                    (slots[0], slots[1], slots[2], slots[3]) = (slots[4], slots[5], slots[6], slots[7]);
                    count = 4;
                }
            }
        }

        for (var i = 0; i < count; i += 4)
        {
            var left = Math.Min(4, count - i);
            for (var j = left; j < 4; j++)
            {
                slots[i + j] = slots[i];
            }

            ScoreFour(query, slots + i, left, ref best);
        }

        return Rescore(paddedQuery, scale, best.Hits, hits);
    }

    private void ScoreFour(byte* query, int* slots, int count, ref TopHits best)
    {
        var scores = _nodes.Score(query, _nodes.At(slots[0]), _nodes.At(slots[1]), _nodes.At(slots[2]), _nodes.At(slots[3]));
        if (Vector128.GreaterThanOrEqualAny(scores, Vector128.Create(best.Threshold)))
        {
            for (var i = 0; i < count; i++)
            {
                best.Offer(slots[i], scores[i]);
            }
        }
    }

    private Span<ScoredOrdinal> Accepted<TFilter>(ref Beam beam, TFilter filter)
        where TFilter : struct, IOrdinalFilter
    {
        var candidates = SearchScratch.OfThisThread.Candidates(beam.Count);
        var count = 0;
        for (var rank = 0; rank < beam.Count; rank++)
        {
            if (_ordinals.Of(beam.Slot(rank)) is var ordinal && ordinal != -1 && filter.Accepts(ordinal))
            {
                candidates[count++] = new ScoredOrdinal(beam.Slot(rank), beam.Score(rank));
            }
        }

        return candidates[..count];
    }

    // Candidates are slots here, best first; hits are ordinals.
    private int Rescore(ReadOnlySpan<float> paddedQuery, float queryScale, ReadOnlySpan<ScoredOrdinal> candidates, Span<ScoredOrdinal> hits)
    {
        var enough = float.NegativeInfinity;
        if (candidates.Length > hits.Length)
        {
            var last = candidates[hits.Length - 1];
            enough = last.Score - Int8Code.Rounding(paddedQuery, queryScale, HnswNodes.Scale(_nodes.At(last.Ordinal)));
        }

        var count = 0;
        while (count < candidates.Length && candidates[count].Score >= enough)
        {
            _rows.Fetch(candidates[count++].Ordinal);
        }

        var top = new TopHits(hits);
        foreach (var candidate in candidates[..count])
        {
            // What the writer has taken away meanwhile is no hit.
            if (_ordinals.Of(candidate.Ordinal) is var ordinal && ordinal != -1)
            {
                top.Offer(ordinal, _rows.ScoreOf(paddedQuery, candidate.Ordinal));
            }
        }

        return top.Count;
    }
}
