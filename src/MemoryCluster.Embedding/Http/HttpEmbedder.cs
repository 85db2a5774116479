using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Embedders;

/// <summary>Embeds by an OpenAI-shaped service over HTTP. Texts and keys stand in no message of a fault.</summary>
public sealed class HttpEmbedder : IBatchEmbedder
{
    private readonly HttpEmbedderOptions _options;
    private readonly ServiceCalls _service;
    private readonly string _modelName;
    private EmbedderModel? _model;
    private bool _isProbed;

    /// <param name="http">Its own time-out should be infinite: each attempt has one from the options.</param>
    public HttpEmbedder(HttpClient http, HttpEmbedderOptions options, TimeProvider clock, Random random)
    {
        _options = options;
        _modelName = options.Model ?? throw new ArgumentException("The options name no model.", nameof(options));
        var endpoint = options.Endpoint ?? throw new ArgumentException("The options name no endpoint.", nameof(options));
        _service = new ServiceCalls(http, new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/embeddings"), options.ApiKey, options.Limits, clock, random);
        _model = options.Dimensions is { } dimensions ? ModelOf(dimensions) : null;
    }

    public EmbedderModel Model =>
        _model ?? throw new InvalidOperationException("The length of the vectors is not known yet: set Dimensions, or probe first.");

    /// <summary>
    /// Asks the service how long its vectors are; a start-up does it once. Where the options say it too, a service that does not answer yet
    /// is not waited for, and one that says otherwise is refused.
    /// </summary>
    /// <exception cref="MemoryClusterException"><see cref="MemoryFault.EmbedderUnavailable"/>.</exception>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        string[] texts = ["How long are you?"];
        if (_isProbed)
        {
            return;
        }

        if (_model is null)
        {
            var vectors = await AskAsync(texts, cancellationToken).ConfigureAwait(false);
            _model = ModelOf(vectors[0].Length);
        }
        else if ((await _service.AttemptAsync(RequestFor(texts), root => EmbeddingsResponse.Read(root, texts.Length), cancellationToken)
            .ConfigureAwait(false)).Answer is { } vectors)
        {
            RequireLength(vectors[0]);
        }

        _isProbed = true;
    }

    public async Task<IReadOnlyList<Embedding>> EmbedBatchAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var vectors = await AskAsync(texts, cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(vectors, ToEmbedding);
    }

    private EmbedderModel ModelOf(int dimensions) => new($"{_modelName}@{dimensions}", dimensions);

    private Embedding ToEmbedding(float[] vector)
    {
        RequireLength(vector);
        return UnitVector.TryNormalize(vector)
            ? Embedding.FromVector(Model.Id, vector)
            : throw Unavailable("a vector is zero or not finite");
    }

    private void RequireLength(float[] vector)
    {
        if (vector.Length != Model.Dimensions)
        {
            throw Unavailable($"a vector has {vector.Length} components where {Model.Dimensions} are expected; check the model and Dimensions");
        }
    }

    private async Task<float[][]> AskAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var outcome = await _service.AskAsync(RequestFor(texts), root => EmbeddingsResponse.Read(root, texts.Count), cancellationToken).ConfigureAwait(false);
        return outcome.Answer ?? throw Unavailable(outcome.Failure, outcome.Cause);
    }

    private EmbeddingsRequest RequestFor(IReadOnlyList<string> texts) => new(
        _modelName, texts, _options.RequestBase64 ? "base64" : "float", _options.RequestDimensions ? _options.Dimensions : null);

    private MemoryClusterException Unavailable(string failure, Exception? cause = null) =>
        new(MemoryFault.EmbedderUnavailable, $"Embedding by {_modelName} at {_service.Address.Authority} failed: {failure}.", cause);
}
