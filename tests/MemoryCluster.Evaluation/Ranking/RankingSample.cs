namespace MemoryCluster.Evaluation.Ranking;

/// <summary>One question's candidates, as the trainer sees them.</summary>
/// <param name="Set">The data set's name.</param>
/// <param name="Category">Within the set.</param>
/// <param name="Features">Per candidate.</param>
/// <param name="IsGold">Whether a candidate is evidence.</param>
/// <param name="GoldCount">How much evidence there is, found or not.</param>
internal sealed record RankingSample(string Set, string Category, float[][] Features, bool[] IsGold, int GoldCount)
{
    private const int Depth = 10;

    /// <summary>The share of the evidence that is a candidate at all.</summary>
    public double Ceiling => (double)IsGold.Count(gold => gold) / GoldCount;

    /// <summary>The share of the evidence among the first ten when candidates are ordered by these weights.</summary>
    public double RecallBy(double[] weights)
    {
        var best = Features.Index()
            .OrderByDescending(candidate => SoftmaxRegression.Score(weights, candidate.Item))
            .ThenBy(candidate => candidate.Index)
            .Take(Depth);
        return (double)best.Count(candidate => IsGold[candidate.Index]) / GoldCount;
    }
}
