using System.Buffers;
using MemoryCluster.Access;
using MemoryCluster.Index;
using MemoryCluster.Shards;

namespace MemoryCluster.Recall;

/// <summary>One shard's share of a recall: filter first, then each channel's best.</summary>
internal static class ShardSearch
{
    // Measured on long chats: below 50 the fused list falls under BM25 alone.
    private const int ChannelDepthMin = 100;

    public static ShardAnswer Run(ShardState state, ShardQuery shardQuery, AccessView access, EmbedderModel model, long seq, DateTimeOffset now)
    {
        var query = shardQuery.Query;
        var filter = new RecallFilter(state, query, access, now);
        var depth = Math.Max(ChannelDepthMin, 3 * query.K);
        var vector = shardQuery.Vector is { } given && given.Model == model.Id ? given : null;
        var searched = query.Channels & (vector is null ? RecallChannels.Lexical : RecallChannels.All);
        var scores = new Dictionary<int, ChannelScores>();
        var buffer = ArrayPool<ScoredOrdinal>.Shared.Rent(depth);
        try
        {
            var hits = buffer.AsSpan(0, depth);
            if (searched.HasFlag(RecallChannels.Vector))
            {
                NoteVector(hits[..state.Vectors.Search(vector!.Values, hits, filter)], scores);
            }

            if (searched.HasFlag(RecallChannels.Lexical))
            {
                NoteLexical(hits[..state.Lexical.Search(query.Text, hits, filter)], scores);
            }
        }
        finally
        {
            ArrayPool<ScoredOrdinal>.Shared.Return(buffer);
        }

        var candidates = scores.Select(pair => ToHit(state.At(pair.Key)!.Record, pair.Value));
        var best = RecallFusion.Best(candidates, Math.Max(2 * query.K, 32));
        return new ShardAnswer([.. best.Select(WithoutRevisions)], seq, searched);
    }

    private static void NoteVector(ReadOnlySpan<ScoredOrdinal> hits, Dictionary<int, ChannelScores> scores)
    {
        for (var i = 0; i < hits.Length; i++)
        {
            scores[hits[i].Ordinal] = new ChannelScores(hits[i].Score, i + 1, 0, 0, 0);
        }
    }

    private static void NoteLexical(ReadOnlySpan<ScoredOrdinal> hits, Dictionary<int, ChannelScores> scores)
    {
        for (var i = 0; i < hits.Length; i++)
        {
            scores[hits[i].Ordinal] = scores.GetValueOrDefault(hits[i].Ordinal) with { Lexical = hits[i].Score, LexicalRank = i + 1 };
        }
    }

    private static RecallHit ToHit(MemoryRecord memory, ChannelScores scores)
    {
        var ranked = scores with { Utility = (float)memory.Utility.Weight };
        return new RecallHit(memory, RecallFusion.Score(memory, ranked), ranked);
    }

    private static RecallHit WithoutRevisions(RecallHit hit) =>
        hit.Memory.Revisions.IsEmpty ? hit : hit with { Memory = hit.Memory with { Revisions = [] } };
}
