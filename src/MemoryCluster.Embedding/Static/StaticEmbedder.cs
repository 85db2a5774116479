namespace MemoryCluster.Embedders;

/// <summary>
/// The built-in model: a table of vectors for parts of words, distilled and trained, beside the hashed words themselves. It needs no
/// download and no accelerator, and gives the same bits on every machine. What it was made of and how it scores: docs/model-card.md.
/// </summary>
/// <remarks>A text without any letter or digit gets one fixed direction, the same for all such texts.</remarks>
public sealed class StaticEmbedder : InstantEmbedder
{
    /// <summary>Other weights or another reading of texts are another model: their vectors must not be compared.</summary>
    public const string BuiltInId = "mc-static-1";

    private static readonly Lazy<StaticModel> BuiltIn = new(ReadBuiltIn);

    private readonly StaticModel _model;

    public StaticEmbedder()
        : this(BuiltInId, BuiltIn.Value)
    {
    }

    internal StaticEmbedder(string id, StaticModel model)
        : base(new EmbedderModel(id, model.Dimensions)) => _model = model;

    public override Embedding Embed(string text)
    {
        Span<float> vector = stackalloc float[_model.Dimensions];
        vector.Clear();
        StaticVector.Fill(TextReading.Of(text, _model), _model, vector);
        return Embedding.FromVector(Model.Id, vector);
    }

    private static StaticModel ReadBuiltIn() => new(StaticModelFile.Read(BuiltInBytes()));

    /// <summary>The file inside this assembly.</summary>
    internal static byte[] BuiltInBytes()
    {
        using var resource = typeof(StaticEmbedder).Assembly.GetManifestResourceStream($"{BuiltInId}.bin")
            ?? throw new InvalidDataException($"The embedding model {BuiltInId} is missing from this build.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
