using System.Buffers;
using MemoryCluster.Access;
using MemoryCluster.Index;
using MemoryCluster.Shards;

namespace MemoryCluster.Recall;

/// <summary>One shard's share of a recall: filter first, then candidates, then the best of them by what speaks for each.</summary>
internal static class ShardSearch
{
    private const int HitsMin = 32;

    public static ShardAnswer Run(ShardState state, ShardQuery shardQuery, AccessView access, long seq, DateTimeOffset now)
    {
        var query = shardQuery.Query;
        var filter = new RecallFilter(state, query, access, now);
        // Searched also where some vectors are out of reach: the answer does not say then that the channel was searched.
        var reached = state.Spaces.AreAllReachedBy(shardQuery.Vectors);
        var searched = query.Channels & (reached ? RecallChannels.All : RecallChannels.All & ~RecallChannels.Vector);
        var count = Math.Max(Math.Max(2 * query.K, HitsMin), shardQuery.CandidatesMin);
        var hits = query.Channels is RecallChannels.Vector or RecallChannels.Lexical
            ? ByOneChannel(state, shardQuery, filter, count)
            : ByEvidence(state, shardQuery, filter, count, now);
        return new ShardAnswer(hits, seq, searched, state.Spaces.Models);
    }

    // One channel alone is its own order, as it is measured and as its name says.
    private static ImmutableArray<RecallHit> ByOneChannel(ShardState state, ShardQuery shardQuery, RecallFilter filter, int count)
    {
        var isLexical = shardQuery.Query.Channels == RecallChannels.Lexical;
        var hits = ArrayPool<ScoredOrdinal>.Shared.Rent(count);
        try
        {
            var found = hits.AsSpan(0, isLexical
                ? state.Lexical.Search(shardQuery.Query.Text, hits.AsSpan(0, count), filter)
                : state.Spaces.Search(shardQuery.Vectors, hits.AsSpan(0, count), filter));
            var best = new Ranking(state, count, shardQuery.Query.Stage);
            foreach (var hit in found)
            {
                best.Offer(filter.ShownAs(hit.Ordinal), isLexical ? new ChannelScores { Lexical = hit.Score } : new ChannelScores { Vector = hit.Score });
            }

            return best.ToHits();
        }
        finally
        {
            ArrayPool<ScoredOrdinal>.Shared.Return(hits);
        }
    }

    private static ImmutableArray<RecallHit> ByEvidence(ShardState state, ShardQuery shardQuery, RecallFilter filter, int count, DateTimeOffset now)
    {
        var candidates = Candidates.Current;
        new EvidenceSearch(state, shardQuery, filter, candidates).Run(now);
        var best = new Ranking(state, count, shardQuery.Query.Stage);
        for (var number = 0; number < candidates.Ordinals.Length; number++)
        {
            best.Offer(filter.ShownAs(candidates.Ordinals[number]), RankingModel.Shares(candidates.FeaturesOf(number)));
        }

        return best.ToHits();
    }
}
