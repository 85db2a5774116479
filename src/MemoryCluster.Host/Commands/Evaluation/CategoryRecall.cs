namespace MemoryCluster.Host.Commands.Evaluation;

/// <summary>Mean evidence recall of a category's questions, by depth.</summary>
internal sealed record CategoryRecall(string Category, int Questions, IReadOnlyDictionary<int, Estimate> At)
{
    public static CategoryRecall Of(string category, IReadOnlyList<QuestionScores> scores) => new(
        category, scores.Count, ByDepth(depth => [.. scores.Select(score => score.Recall[depth])]));

    /// <summary>An estimate for each depth, from the values at its position.</summary>
    public static Dictionary<int, Estimate> ByDepth(Func<int, IReadOnlyList<double>> values) =>
        QuestionScores.Depths.Index().ToDictionary(depth => depth.Item, depth => Bootstrap.Mean(values(depth.Index)));
}
