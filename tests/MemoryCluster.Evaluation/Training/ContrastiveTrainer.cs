using MemoryCluster.Embedders;

namespace MemoryCluster.Evaluation.Training;

/// <summary>
/// Draws the meanings of paired texts together and those of a step's other texts apart (InfoNCE: A. van den Oord, Y. Li, O. Vinyals, 2018,
/// equation 4, both ways), beside what their words already say: the table learns what the words leave open.
/// </summary>
internal sealed class ContrastiveTrainer(TokenTable table, TrainingSettings settings)
{
    private readonly StepText[] _texts = [.. Enumerable.Range(0, 2 * settings.Batch).Select(_ => new StepText(table.Rows[0].Length))];
    private readonly float[][] _forward = Square(settings.Batch);
    private readonly float[][] _backward = Square(settings.Batch);

    private static float[][] Square(int size) => [.. Enumerable.Range(0, size).Select(_ => new float[size])];

    public void Train(IReadOnlyList<(EncodedText Query, EncodedText Found)> pairs, Action<int, double> finishedEpoch)
    {
        var chance = new Random(settings.Seed);
        int[] order = [.. Enumerable.Range(0, pairs.Count).Where(i => pairs[i].Query.Tokens.Length > 0 && pairs[i].Found.Tokens.Length > 0)];
        var stepsInEpoch = order.Length / settings.Batch;
        var step = 0;
        for (var epoch = 0; epoch < settings.Epochs; epoch++)
        {
            chance.Shuffle(order);
            var loss = 0.0;
            foreach (var batch in order.Chunk(settings.Batch).Take(stepsInEpoch))
            {
                loss += Step([.. batch.Select(i => pairs[i])], RateAt(++step, settings.Epochs * stepsInEpoch));
            }

            finishedEpoch(epoch, loss / stepsInEpoch);
        }
    }

    private float RateAt(int step, int steps) =>
        Math.Min(1, (float)step / settings.WarmUpSteps) * (1 - ((1 - settings.LastRate) * step / steps));

    private double Step((EncodedText Query, EncodedText Found)[] batch, float rate)
    {
        var size = batch.Length;
        Parallel.For(0, 2 * size, i => _texts[i].Read(i < size ? batch[i].Query : batch[i - size].Found, table, settings.ContextDiscount));
        Parallel.For(0, size, query => Compare(query, size));
        Parallel.For(0, size, found => CompareBack(found, size));
        var loss = Enumerable.Range(0, size).Average(i => -Math.Log(Math.Max(1e-9, _forward[i][i])));
        Parallel.For(0, 2 * size, i => Descend(i, size));
        Learn(rate);
        return loss;
    }

    private void Compare(int query, int size)
    {
        for (var found = 0; found < size; found++)
        {
            var meaning = FixedOrder.Dot(_texts[query].Direction, _texts[size + found].Direction);
            var words = FixedOrder.Dot(_texts[query].Text.Words, _texts[size + found].Text.Words);
            _forward[query][found] = ((settings.SemanticShare * meaning) + ((1 - settings.SemanticShare) * words)) / settings.Temperature;
        }

        // The way back needs the same numbers before they become shares.
        for (var found = 0; found < size; found++)
        {
            _backward[found][query] = _forward[query][found];
        }

        ToShares(_forward[query]);
    }

    private void CompareBack(int found, int size) => ToShares(_backward[found].AsSpan(0, size));

    private static void ToShares(Span<float> logits)
    {
        var highest = float.NegativeInfinity;
        foreach (var logit in logits)
        {
            highest = MathF.Max(highest, logit);
        }

        var sum = 0f;
        foreach (ref var logit in logits)
        {
            logit = MathF.Exp(logit - highest);
            sum += logit;
        }

        FixedOrder.Scale(logits, 1 / sum);
    }

    // The loss's slope by each similarity is the share less one for the true pair, in both ways.
    private void Descend(int text, int size)
    {
        var isQuery = text < size;
        var own = isQuery ? text : text - size;
        var gradient = _texts[text].Gradient;
        gradient.AsSpan().Clear();
        for (var other = 0; other < size; other++)
        {
            var (query, found) = isQuery ? (own, other) : (other, own);
            var slope = _forward[query][found] + _backward[found][query] - (own == other ? 2 : 0);
            FixedOrder.Add(gradient, _texts[isQuery ? size + other : other].Direction, slope * settings.SemanticShare / settings.Temperature / (2 * size));
        }

        _texts[text].ThroughLength();
    }

    private void Learn(float rate)
    {
        var rows = new OrderedDictionary<int, (float[] Row, float Weight)>();
        foreach (var text in _texts)
        {
            foreach (var (position, token) in text.Text.Tokens.Index())
            {
                if (!rows.TryGetValue(token, out var sums))
                {
                    sums = (new float[text.Gradient.Length], 0);
                }

                var factor = text.Context[position] * table.Factors[token];
                FixedOrder.Add(sums.Row, text.Gradient, factor);
                rows[token] = (sums.Row, sums.Weight + (factor * FixedOrder.Dot(text.Gradient, table.Rows[token])));
            }
        }

        Parallel.ForEach(rows, learned => table.Step(learned.Key, learned.Value.Row, learned.Value.Weight, settings, rate));
    }
}
