using MemoryCluster.Host.Commands.Evaluation;

namespace MemoryCluster.Host.Tests.Commands.Evaluation;

public sealed class MetricsTests
{
    [Fact]
    public void RecallAt_CountsPassagesMergedIntoAHit()
    {
        var evidence = new EvidenceMap();
        evidence.Add("m1", "A");
        evidence.Add("m2", "B");
        evidence.Add("m2", "C");

        Assert.Equal(0.5, evidence.RecallAt(1, ["m2", "m1"], ["A", "B"]));
        Assert.Equal(1, evidence.RecallAt(2, ["m2", "m1"], ["A", "B"]));
        Assert.Equal(0, evidence.RecallAt(5, ["elsewhere"], ["A"]));
        Assert.Equal(1, evidence.RecallAt(1, ["m2"], ["B", "C"]));
    }

    [Fact]
    public void Bootstrap_CoversTheMeanAndNarrowsWithMoreValues()
    {
        var random = new Random(2);
        var few = Bootstrap.Mean([.. Enumerable.Range(0, 50).Select(_ => random.NextDouble())]);
        var many = Bootstrap.Mean([.. Enumerable.Range(0, 5_000).Select(_ => random.NextDouble())]);

        Assert.InRange(few.Mean, few.Low, few.High);
        Assert.InRange(many.Mean, many.Low, many.High);
        // The standard error of a uniform mean is sqrt(1/12 / n): an interval of 0.16 for 50, of 0.016 for 5,000.
        Assert.InRange(few.High - few.Low, 0.11, 0.21);
        Assert.InRange(many.High - many.Low, 0.013, 0.019);
        Assert.Equal(new Estimate(1, 1, 1), Bootstrap.Mean([1, 1, 1]));
    }

    [Fact]
    public void Run_ListsCategoriesAndTheirTotal()
    {
        QuestionScores[] scores = [new("b", [0, 0, 1]), new("a", [1, 1, 1]), new("b", [0, 1, 1])];

        var run = EvaluationRun.Of("fused", scores);

        Assert.Equal(["a", "b", "total"], run.Categories.Select(category => category.Category));
        Assert.Equal([1, 2, 3], run.Categories.Select(category => category.Questions));
        Assert.Equal(0.5, run.Categories[1].At[10].Mean);
        Assert.Equal(["total"], EvaluationRun.Of("x", scores[..1]).Categories.Select(category => category.Category));
    }
}
