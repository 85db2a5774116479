using System.Buffers;

namespace MemoryCluster.Index.Fusion;

/// <summary>
/// Weighted reciprocal rank fusion (G. Cormack, C. Clarke, S. Büttcher, SIGIR 2009): an ordinal scores the sum, over the lists that
/// hold it, of weight / (k + rank), ranks from 1. Only ranks count, so lists with scores of different kinds can be fused.
/// </summary>
public static class ReciprocalRankFusion
{
    /// <summary>The paper's k: how little the very first ranks stand out.</summary>
    public const float DefaultRankConstant = 60;

    /// <summary>
    /// Fills <paramref name="fused"/> with the best ordinals, best first, equal scores by the smaller ordinal, and returns how many.
    /// </summary>
    /// <param name="contributions">
    /// Empty, or room for one number per fused hit and channel: hit i's score is the sum of contributions [i × channels, (i + 1) × channels).
    /// </param>
    public static int Fuse(
        ReadOnlySpan<RankedChannel> channels,
        Span<ScoredOrdinal> fused,
        Span<float> contributions = default,
        float rankConstant = DefaultRankConstant)
    {
        RequireWeights(channels, rankConstant);
        var total = 0;
        foreach (var channel in channels)
        {
            total += channel.Hits.Length;
        }

        var rented = ArrayPool<Contribution>.Shared.Rent(total);
        try
        {
            var entries = rented.AsSpan(0, total);
            Rank(channels, entries, rankConstant);
            var count = Select(entries, fused);
            Explain(entries, fused[..count], channels.Length, contributions);
            return count;
        }
        finally
        {
            ArrayPool<Contribution>.Shared.Return(rented);
        }
    }

    private static void RequireWeights(ReadOnlySpan<RankedChannel> channels, float rankConstant)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rankConstant);
        foreach (var channel in channels)
        {
            if (!float.IsFinite(channel.Weight) || channel.Weight < 0)
            {
                throw new ArgumentException($"A channel's weight is {channel.Weight}; it must be finite and not negative.", nameof(channels));
            }
        }
    }

    private static void Rank(ReadOnlySpan<RankedChannel> channels, Span<Contribution> entries, float rankConstant)
    {
        var next = 0;
        for (var channel = 0; channel < channels.Length; channel++)
        {
            var hits = channels[channel].Hits.Span;
            for (var i = 0; i < hits.Length; i++)
            {
                entries[next++] = new Contribution(hits[i].Ordinal, channel, channels[channel].Weight / (rankConstant + i + 1));
            }
        }

        // By ordinal, then channel: sums are taken in one order, so equal inputs give equal bits.
        entries.Sort(static (left, right) =>
            left.Ordinal != right.Ordinal ? left.Ordinal.CompareTo(right.Ordinal) : left.Channel.CompareTo(right.Channel));
    }

    private static int Select(ReadOnlySpan<Contribution> entries, Span<ScoredOrdinal> fused)
    {
        var top = new TopHits(fused);
        for (var first = 0; first < entries.Length;)
        {
            var next = first;
            var score = 0f;
            for (; next < entries.Length && entries[next].Ordinal == entries[first].Ordinal; next++)
            {
                score += entries[next].Score;
            }

            top.Offer(entries[first].Ordinal, score);
            first = next;
        }

        return top.Count;
    }

    private static void Explain(ReadOnlySpan<Contribution> entries, ReadOnlySpan<ScoredOrdinal> fused, int channelCount, Span<float> contributions)
    {
        if (contributions.IsEmpty)
        {
            return;
        }

        contributions[..(fused.Length * channelCount)].Clear();
        for (var hit = 0; hit < fused.Length; hit++)
        {
            for (var i = FirstOf(entries, fused[hit].Ordinal); i < entries.Length && entries[i].Ordinal == fused[hit].Ordinal; i++)
            {
                contributions[(hit * channelCount) + entries[i].Channel] += entries[i].Score;
            }
        }
    }

    private static int FirstOf(ReadOnlySpan<Contribution> entries, int ordinal) => ~entries.BinarySearch(new FirstNotBefore(ordinal));

    private readonly record struct Contribution(int Ordinal, int Channel, float Score);

    // Never equal, so the binary search ends at a first position.
    private readonly struct FirstNotBefore(int ordinal) : IComparable<Contribution>
    {
        public int CompareTo(Contribution other) => other.Ordinal < ordinal ? 1 : -1;
    }
}
