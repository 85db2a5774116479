namespace MemoryCluster.Host.Commands.Evaluation;

/// <summary>All questions asked one way.</summary>
internal sealed record EvaluationRun(string Search, IReadOnlyList<CategoryRecall> Categories)
{
    /// <summary>The row over all questions.</summary>
    public const string Total = "total";

    public static EvaluationRun Of(string search, IReadOnlyList<QuestionScores> scores)
    {
        var categories = scores.GroupBy(score => score.Category).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => CategoryRecall.Of(group.Key, [.. group]))
            .ToList();
        // One category is the total already.
        return new EvaluationRun(search, categories.Count == 1
            ? [categories[0] with { Category = Total }]
            : [.. categories, CategoryRecall.Of(Total, scores)]);
    }
}
