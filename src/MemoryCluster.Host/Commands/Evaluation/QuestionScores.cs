namespace MemoryCluster.Host.Commands.Evaluation;

/// <summary>One question's recall at each of <see cref="Depths"/>.</summary>
internal sealed record QuestionScores(string Category, IReadOnlyList<double> Recall)
{
    /// <summary>The depths that are reported.</summary>
    public static readonly IReadOnlyList<int> Depths = [5, 10, 20];

    public static int DepthMax => Depths[^1];
}
