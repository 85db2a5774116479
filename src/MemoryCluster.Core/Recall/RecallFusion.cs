using MemoryCluster.Index.Fusion;

namespace MemoryCluster.Recall;

/// <summary>
/// Makes one page of what the channels and shards found: weighted reciprocal rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009), times
/// the memory's weight, ties by id, cut to k and to the token budget.
/// </summary>
public static class RecallFusion
{
    // About four characters to a token of English in today's tokenizers; an estimate, and on the safe side for prose.
    private const int CharsPerToken = 4;

    /// <summary>The page that answers <paramref name="query"/>.</summary>
    public static ImmutableArray<RecallHit> Fuse(IReadOnlyList<ShardAnswer> answers, RecallQuery query)
    {
        RecallHit[] found = [.. answers.SelectMany(answer => answer.Candidates)];
        var candidates = answers.Count == 1 ? found : Rerank(found);
        return WithinBudget(Best(candidates, query.K), query.TokenBudget);
    }

    internal static double Score(double weight, ChannelScores scores) =>
        (Share(FusionDefaults.VectorWeight, scores.VectorRank)
            + Share(FusionDefaults.LexicalWeight, scores.LexicalRank)
            + Share(FusionDefaults.GraphWeight, scores.GraphRank)) * weight;

    private static ImmutableArray<RecallHit> Best(IEnumerable<RecallHit> candidates, int count) =>
        [.. candidates.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Memory.Id).Take(count)];

    /// <summary>Estimated tokens of a text.</summary>
    public static int TokensOf(string text) => (text.Length + CharsPerToken - 1) / CharsPerToken;

    private static double Share(float weight, int rank) =>
        rank == 0 ? 0 : weight / (FusionDefaults.RankConstant + rank);

    // A rank counts within one shard only; across shards the raw scores of a channel are comparable, so ranks are given anew.
    private static RecallHit[] Rerank(RecallHit[] candidates)
    {
        var vectorRanks = RanksBy(candidates, scores => scores.VectorRank, scores => scores.Vector);
        var lexicalRanks = RanksBy(candidates, scores => scores.LexicalRank, scores => scores.Lexical);
        var graphRanks = RanksBy(candidates, scores => scores.GraphRank, scores => scores.Graph);
        return [.. candidates.Select((hit, i) =>
        {
            var scores = hit.Scores with { VectorRank = vectorRanks[i], LexicalRank = lexicalRanks[i], GraphRank = graphRanks[i] };
            return hit with { Scores = scores, Score = Score(hit.Memory.Utility.Weight, scores) };
        })];
    }

    private static int[] RanksBy(RecallHit[] candidates, Func<ChannelScores, int> rankOf, Func<ChannelScores, float> scoreOf)
    {
        var ranks = new int[candidates.Length];
        var found = Enumerable.Range(0, candidates.Length)
            .Where(i => rankOf(candidates[i].Scores) > 0)
            .OrderByDescending(i => scoreOf(candidates[i].Scores))
            .ThenBy(i => candidates[i].Memory.Id);
        var next = 1;
        foreach (var i in found)
        {
            ranks[i] = next++;
        }

        return ranks;
    }

    private static ImmutableArray<RecallHit> WithinBudget(ImmutableArray<RecallHit> hits, int? tokenBudget)
    {
        if (tokenBudget is not { } left)
        {
            return hits;
        }

        var kept = ImmutableArray.CreateBuilder<RecallHit>();
        foreach (var hit in hits)
        {
            var tokens = TokensOf(hit.Memory.Text);
            if (tokens <= left)
            {
                left -= tokens;
                kept.Add(hit);
            }
        }

        return kept.ToImmutable();
    }
}
