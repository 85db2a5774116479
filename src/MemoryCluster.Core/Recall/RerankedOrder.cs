namespace MemoryCluster.Recall;

/// <summary>
/// The order that a reranker's scores give: score times learned weight, ties by id; what was not scored keeps its order behind. A score
/// below 0, which some models give, is divided by the weight instead, so that a larger weight helps on either side of 0.
/// </summary>
public static class RerankedOrder
{
    // No weight makes a score infinite.
    private const double WeightMin = 1e-9;

    /// <summary>The fused hits, of which the first have <paramref name="scores"/>, in that order and with the scores of it.</summary>
    /// <param name="fused">Best first.</param>
    /// <param name="scores">One for each of the first hits, no more than there are.</param>
    public static ImmutableArray<RecallHit> Of(ImmutableArray<RecallHit> fused, IReadOnlyList<float> scores)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scores.Count, fused.Length);
        var reranked = fused
            .Take(scores.Count)
            .Select((hit, i) => hit with { Score = Weighted(scores[i], hit.Scores.Utility), Reranker = scores[i] })
            .OrderByDescending(hit => hit.Score)
            .ThenBy(hit => hit.Memory.Id)
            .ToArray();
        return reranked.Length == 0 ? fused : [.. reranked, .. Behind(fused[reranked.Length..], reranked[^1].Score)];
    }

    private static double Weighted(float score, double weight) => score >= 0 ? score * weight : score / Math.Max(weight, WeightMin);

    // Moved down together, where they would stand above the last that was reranked: an answer's scores fall from hit to hit.
    private static IEnumerable<RecallHit> Behind(ImmutableArray<RecallHit> rest, double last)
    {
        var excess = rest.IsEmpty ? 0 : Math.Max(0, rest[0].Score - last);
        return rest.Select(hit => hit with { Score = hit.Score - excess });
    }
}
