using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Embedders;

/// <summary>
/// The embedder without a model: the same text gives the same bits on every machine, at once and without a download. Texts are near
/// that share words, forms of words or parts of words; that two words mean the same it cannot know.
/// </summary>
/// <remarks>A text without any letter or digit gets one fixed direction, the same for all such texts.</remarks>
public sealed class HashedEmbedder : InstantEmbedder
{
    /// <summary>Fused with BM25, longer vectors find no more evidence; shorter ones find less.</summary>
    public const int DefaultDimensions = 384;

    // A change of features is a change of model: their vectors must not be compared.
    private const string Version = "hashed-1";

    public HashedEmbedder(int dimensions = DefaultDimensions)
        : base(ModelOf(dimensions))
    {
    }

    private static EmbedderModel ModelOf(int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        return new EmbedderModel($"{Version}@{dimensions}", dimensions);
    }

    public override Embedding Embed(string text)
    {
        var vector = new float[Model.Dimensions];
        HashedFeatures.Of(text).AddTo(vector);

        // Also where features cancel out, which a few in few dimensions can.
        if (!UnitVector.TryNormalize(vector))
        {
            vector[0] = 1;
        }

        return Embedding.FromVector(Model.Id, vector);
    }
}
