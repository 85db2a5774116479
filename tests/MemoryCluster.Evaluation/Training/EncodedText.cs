using MemoryCluster.Embedders;
using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Evaluation.Training;

/// <summary>A text as training sees it: its tokens, and the direction of its words, which is not trained.</summary>
internal sealed record EncodedText(int[] Tokens, float[] Words)
{
    private const int TokensMax = 256;

    public static EncodedText Of(string text, StaticModel model)
    {
        var reading = TextReading.Of(text, model);
        var vector = new float[model.Dimensions];
        StaticVector.Fill(reading, model, vector);
        var words = vector[model.Parts.SemanticDimensions..];
        _ = UnitVector.TryNormalize(words);
        return new EncodedText([.. reading.Tokens[..Math.Min(TokensMax, reading.Tokens.Length)]], words);
    }
}
