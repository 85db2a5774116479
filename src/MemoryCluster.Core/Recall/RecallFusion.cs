namespace MemoryCluster.Recall;

/// <summary>
/// Makes one page of what the shards found: best score first, ties by id, cut to k and to the token budget. Scores of different shards
/// compare because every feature is a share of what the query could have had there, and none is a rank.
/// </summary>
public static class RecallFusion
{
    // About four characters to a token of English in today's tokenizers; an estimate, and on the safe side for prose.
    private const int CharsPerToken = 4;

    /// <summary>The page that answers <paramref name="query"/>.</summary>
    public static ImmutableArray<RecallHit> Fuse(IReadOnlyList<ShardAnswer> answers, RecallQuery query) => Page(Merge(answers, query.K), query);

    /// <summary>The best of all shards, best first, ties by id.</summary>
    public static ImmutableArray<RecallHit> Merge(IReadOnlyList<ShardAnswer> answers, int count) =>
        [.. answers.SelectMany(answer => answer.Candidates).OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Memory.Id).Take(count)];

    /// <summary>What of ordered hits the query has room for.</summary>
    public static ImmutableArray<RecallHit> Page(ImmutableArray<RecallHit> hits, RecallQuery query) =>
        WithinBudget(hits.Length > query.K ? hits[..query.K] : hits, query.TokenBudget);

    /// <summary>Estimated tokens of a text.</summary>
    public static int TokensOf(string text) => (int)TokensOf((long)text.Length);

    /// <summary>Estimated tokens of a number of characters.</summary>
    public static long TokensOf(long chars) => (chars + CharsPerToken - 1) / CharsPerToken;

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
