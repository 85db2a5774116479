using MemoryCluster.Embedders;

namespace MemoryCluster.Evaluation.Training;

/// <summary>
/// A row and a weight a token, learned by Adam (D. Kingma, J. Ba, ICLR 2015, algorithm 1) and drawn back to where they began. Moments are
/// kept a token, and corrected by how often that token was met.
/// </summary>
internal sealed class TokenTable
{
    private const float FirstDecay = 0.9f;
    private const float SecondDecay = 0.999f;
    private const float Tiny = 1e-8f;

    private readonly float[][] _start;
    private readonly float[]?[] _first;
    private readonly float[]?[] _second;
    private readonly (float First, float Second)[] _weightMoments;
    private readonly int[] _steps;

    public TokenTable(float[][] rows)
    {
        _start = rows;
        Rows = [.. rows.Select(row => row.ToArray())];
        Norms = [.. rows.Select(row => FixedOrder.Norm(row))];
        Weights = new float[rows.Length];
        Factors = [.. rows.Select(_ => 1f)];
        _first = new float[rows.Length][];
        _second = new float[rows.Length][];
        _weightMoments = new (float, float)[rows.Length];
        _steps = new int[rows.Length];
    }

    public float[][] Rows { get; }

    public float[] Norms { get; }

    /// <summary>Logarithms.</summary>
    public float[] Weights { get; }

    /// <summary>The weights themselves.</summary>
    public float[] Factors { get; }

    public void Step(int token, float[] rowGradient, float weightGradient, TrainingSettings settings, float rate)
    {
        var step = ++_steps[token];
        var (firstScale, secondScale) = (1 - MathF.Pow(FirstDecay, step), 1 - MathF.Pow(SecondDecay, step));
        var (row, start) = (Rows[token], _start[token]);
        var first = _first[token] ??= new float[row.Length];
        var second = _second[token] ??= new float[row.Length];
        for (var i = 0; i < row.Length; i++)
        {
            first[i] = Moment(first[i], rowGradient[i], FirstDecay);
            second[i] = Moment(second[i], rowGradient[i] * rowGradient[i], SecondDecay);
            row[i] -= rate * ((settings.RowRate * first[i] / firstScale / (MathF.Sqrt(second[i] / secondScale) + Tiny))
                + (settings.RowPull * (row[i] - start[i])));
        }

        ref var moments = ref _weightMoments[token];
        moments = (Moment(moments.First, weightGradient, FirstDecay), Moment(moments.Second, weightGradient * weightGradient, SecondDecay));
        Weights[token] -= rate * ((settings.WeightRate * moments.First / firstScale / (MathF.Sqrt(moments.Second / secondScale) + Tiny))
            + (settings.WeightPull * Weights[token]));
        Norms[token] = FixedOrder.Norm(row);
        Factors[token] = MathF.Exp(Weights[token]);
    }

    private static float Moment(float moment, float value, float decay) => (decay * moment) + ((1 - decay) * value);
}
