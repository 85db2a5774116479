using MemoryCluster.Embedders;
using MemoryCluster.Evaluation.Yardsticks;

namespace MemoryCluster.Evaluation.Training;

/// <summary>From a teacher and pairs of texts to a model's parts.</summary>
internal static class ModelTraining
{
    public static StaticModelParts Run(Potion teacher, IReadOnlyList<TextPair> pairs, TrainingSettings settings, Action<string> tell)
    {
        var texts = pairs.SelectMany(pair => (string[])[pair.Query, pair.Found]).Distinct().ToArray();
        var (tokens, rows) = Teacher.Distil(teacher, texts, settings.Whitening);
        var table = new TokenTable(rows);
        if (settings.Epochs > 0)
        {
            var encoded = Encode(texts, new StaticModel(Parts(teacher, tokens, table, settings)));
            new ContrastiveTrainer(table, settings).Train(
                [.. pairs.Select(pair => (encoded[pair.Query], encoded[pair.Found]))],
                (epoch, loss) => tell($"epoch {epoch + 1} of {settings.Epochs}: loss {loss:0.0000}"));
        }

        return Parts(teacher, tokens, table, settings);
    }

    private static Dictionary<string, EncodedText> Encode(string[] texts, StaticModel model)
    {
        var encoded = new EncodedText[texts.Length];
        Parallel.For(0, texts.Length, i => encoded[i] = EncodedText.Of(texts[i], model));
        return texts.Zip(encoded).ToDictionary(text => text.First, text => text.Second, StringComparer.Ordinal);
    }

    private static StaticModelParts Parts(Potion teacher, string[] tokens, TokenTable table, TrainingSettings settings)
    {
        var terms = Teacher.TermWeights(teacher);
        var scales = table.Rows.Select(ScaleOf).ToArray();
        return new StaticModelParts
        {
            SemanticDimensions = teacher.Dimensions,
            LexicalDimensions = settings.LexicalDimensions,
            TokenCharsMax = tokens.Max(Teacher.CharsOf),
            ContextDiscount = settings.ContextDiscount,
            SemanticShare = settings.SemanticShare,
            Tokens = [.. tokens.Select(Teacher.HashOf)],
            Scales = [.. scales.Zip(table.Factors, (scale, factor) => scale * factor)],
            Rows = [.. table.Rows.Zip(scales).SelectMany(row => row.First.Select(value => (sbyte)MathF.Round(value / row.Second)))],
            Terms = [.. terms.Keys],
            TermWeights = [.. terms.Values],
        };
    }

    private static float ScaleOf(float[] row) => MathF.Max(1e-9f, row.Max(MathF.Abs) / sbyte.MaxValue);
}
