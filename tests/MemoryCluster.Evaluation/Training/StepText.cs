using MemoryCluster.Embedders;

namespace MemoryCluster.Evaluation.Training;

/// <summary>A text within a step: its direction by the table of that moment, and the loss's slope by it.</summary>
internal sealed class StepText(int dimensions)
{
    private float _length;

    public EncodedText Text { get; private set; } = new([], []);

    public float[] Direction { get; } = new float[dimensions];

    public float[] Gradient { get; } = new float[dimensions];

    /// <summary>What is left of each token after the discount; held as it is while the slope is taken.</summary>
    public float[] Context { get; private set; } = [];

    public void Read(EncodedText text, TokenTable table, float contextDiscount)
    {
        Text = text;
        Context = new float[text.Tokens.Length];
        Direction.AsSpan().Clear();
        foreach (var token in text.Tokens)
        {
            FixedOrder.Add(Direction, table.Rows[token], table.Factors[token]);
        }

        var whole = Direction.ToArray();
        var norm = FixedOrder.Norm(whole);
        Direction.AsSpan().Clear();
        foreach (var (position, token) in text.Tokens.Index())
        {
            var length = norm * table.Norms[token];
            var agreement = length > 0 ? FixedOrder.Dot(table.Rows[token], whole) / length : 0;
            Context[position] = 1 - (contextDiscount * agreement);
            FixedOrder.Add(Direction, table.Rows[token], Context[position] * table.Factors[token]);
        }

        _length = MathF.Max(1e-6f, FixedOrder.Norm(Direction));
        FixedOrder.Scale(Direction, 1 / _length);
    }

    /// <summary>From the slope by the direction to that by the sum that was scaled to it.</summary>
    public void ThroughLength()
    {
        FixedOrder.Add(Gradient, Direction, -FixedOrder.Dot(Direction, Gradient));
        FixedOrder.Scale(Gradient, 1 / _length);
    }
}
