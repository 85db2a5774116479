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

    public static ShardAnswer Run(ShardState state, ShardQuery shardQuery, AccessView access, long seq, DateTimeOffset now)
    {
        var query = shardQuery.Query;
        var filter = new RecallFilter(state, query, access, now);
        var depth = Math.Max(ChannelDepthMin, 3 * query.K);
        var reached = state.Spaces.AreAllReachedBy(shardQuery.Vectors);
        var searched = query.Channels & (reached ? RecallChannels.All : RecallChannels.All & ~RecallChannels.Vector);
        var scores = new Dictionary<int, ChannelScores>();
        var buffer = ArrayPool<ScoredOrdinal>.Shared.Rent(2 * depth);
        try
        {
            var hits = buffer.AsSpan(0, depth);
            // Also where some vectors are out of reach: the answer does not say then that the channel was searched.
            if (query.Channels.HasFlag(RecallChannels.Vector))
            {
                NoteVector(hits[..state.Spaces.Search(shardQuery.Vectors, hits, filter)], scores);
            }

            if ((searched & (RecallChannels.Lexical | RecallChannels.Graph)) != RecallChannels.None)
            {
                hits = hits[..state.Lexical.Search(query.Text, hits, filter)];
            }

            if (searched.HasFlag(RecallChannels.Lexical))
            {
                NoteLexical(hits, scores);
            }

            if (searched.HasFlag(RecallChannels.Graph))
            {
                var beside = buffer.AsSpan(depth, depth);
                NoteGraph(beside[..NeighbourSearch.Run(state, hits, filter, beside)], scores);
            }
        }
        finally
        {
            ArrayPool<ScoredOrdinal>.Shared.Return(buffer);
        }

        return new ShardAnswer(Best(state, scores, Math.Max(2 * query.K, 32)), seq, searched, state.Spaces.Models);
    }

    // Ranked by what stands in the traits: of some two hundred candidates only the winners' records are read.
    private static ImmutableArray<RecallHit> Best(ShardState state, Dictionary<int, ChannelScores> scores, int count)
    {
        var candidates = new Candidate[scores.Count];
        var next = 0;
        foreach (var (ordinal, found) in scores)
        {
            var weight = state.Traits.ByOrdinal[ordinal].Weight;
            candidates[next++] = new Candidate(ordinal, found with { Utility = (float)weight }, RecallFusion.Score(weight, found));
        }

        Array.Sort(candidates, (one, other) => other.Score.CompareTo(one.Score) is not 0 and var byScore
            ? byScore
            : state.At(one.Ordinal)!.Record.Id.CompareTo(state.At(other.Ordinal)!.Record.Id));
        return [.. candidates.Take(count).Select(candidate => ToHit(state.At(candidate.Ordinal)!.Record, candidate))];
    }

    private static void NoteVector(ReadOnlySpan<ScoredOrdinal> hits, Dictionary<int, ChannelScores> scores)
    {
        for (var i = 0; i < hits.Length; i++)
        {
            scores[hits[i].Ordinal] = new ChannelScores { Vector = hits[i].Score, VectorRank = i + 1 };
        }
    }

    private static void NoteLexical(ReadOnlySpan<ScoredOrdinal> hits, Dictionary<int, ChannelScores> scores)
    {
        for (var i = 0; i < hits.Length; i++)
        {
            scores[hits[i].Ordinal] = scores.GetValueOrDefault(hits[i].Ordinal) with { Lexical = hits[i].Score, LexicalRank = i + 1 };
        }
    }

    private static RecallHit ToHit(MemoryRecord memory, Candidate candidate) =>
        new(memory.Revisions.IsEmpty ? memory : memory with { Revisions = [] }, candidate.Score, candidate.Scores);

    private static void NoteGraph(ReadOnlySpan<ScoredOrdinal> hits, Dictionary<int, ChannelScores> scores)
    {
        for (var i = 0; i < hits.Length; i++)
        {
            scores[hits[i].Ordinal] = scores.GetValueOrDefault(hits[i].Ordinal) with { Graph = hits[i].Score, GraphRank = i + 1 };
        }
    }

    private readonly record struct Candidate(int Ordinal, ChannelScores Scores, double Score);
}
