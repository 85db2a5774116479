using System.Numerics.Tensors;
using MemoryCluster.Evaluation.Sets;

namespace MemoryCluster.Evaluation.Embedders;

/// <summary>People's scores of a file's pairs beside a model's cosines.</summary>
internal sealed record SimilarityMeasure(string File, double[] People, double[] Cosines)
{
    public static SimilarityMeasure Of(TextModel model, SimilarityFile file) => new(
        file.Name,
        [.. file.Pairs.Select(pair => pair.Score)],
        [.. file.Pairs.Select(pair => (double)TensorPrimitives.Dot<float>(model.Embed(pair.Left), model.Embed(pair.Right)))]);

    public double Spearman() => Pearson(Ranks(People), Ranks(Cosines));

    /// <summary>The mean over files, each drawn anew from its own pairs.</summary>
    public static Estimate Mean(IReadOnlyList<SimilarityMeasure> files) =>
        Estimate.ByBootstrap(files.Average(file => file.Spearman()), chance => files.Average(file => file.Drawn(chance).Spearman()));

    /// <summary>How much higher the mean of the one is, on the same draws.</summary>
    public static Estimate Difference(IReadOnlyList<SimilarityMeasure> one, IReadOnlyList<SimilarityMeasure> other) => Estimate.ByBootstrap(
        one.Average(file => file.Spearman()) - other.Average(file => file.Spearman()),
        chance => one.Zip(other).Average(pair =>
        {
            var seed = chance.Next();
            return pair.First.Drawn(new Random(seed)).Spearman() - pair.Second.Drawn(new Random(seed)).Spearman();
        }));

    private SimilarityMeasure Drawn(Random chance)
    {
        var drawn = Enumerable.Range(0, People.Length).Select(_ => chance.Next(People.Length)).ToArray();
        return new SimilarityMeasure(File, [.. drawn.Select(i => People[i])], [.. drawn.Select(i => Cosines[i])]);
    }

    // Equal values share the mean of their ranks.
    private static double[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort([.. values], order);
        var ranks = new double[values.Length];
        for (var first = 0; first < order.Length;)
        {
            var next = first;
            while (next < order.Length && values[order[next]] == values[order[first]])
            {
                next++;
            }

            foreach (var i in order.AsSpan(first, next - first))
            {
                ranks[i] = (first + next - 1) / 2.0;
            }

            first = next;
        }

        return ranks;
    }

    private static double Pearson(double[] left, double[] right)
    {
        var (leftMean, rightMean) = (left.Average(), right.Average());
        double both = 0, leftSquares = 0, rightSquares = 0;
        for (var i = 0; i < left.Length; i++)
        {
            both += (left[i] - leftMean) * (right[i] - rightMean);
            leftSquares += (left[i] - leftMean) * (left[i] - leftMean);
            rightSquares += (right[i] - rightMean) * (right[i] - rightMean);
        }

        return both / Math.Sqrt(leftSquares * rightSquares);
    }
}
