using MemoryCluster.Embedders;

namespace MemoryCluster.Evaluation.Sharing;

/// <summary>The built-in model's vectors, each text embedded once.</summary>
internal sealed class TextVectors
{
    private readonly StaticEmbedder _embedder = new();
    private readonly Dictionary<string, float[]> _vectors = new(StringComparer.Ordinal);

    public float[] Of(string text)
    {
        if (!_vectors.TryGetValue(text, out var vector))
        {
            vector = text.Length == 0 ? [] : _embedder.Embed(text).Values.ToArray();
            _vectors[text] = vector;
        }

        return vector;
    }
}
