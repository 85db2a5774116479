using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Embedders;

/// <summary>Embeds by an OpenAI-shaped service over HTTP. Texts and keys stand in no message of a fault.</summary>
public sealed class HttpEmbedder : IBatchEmbedder
{
    private readonly HttpClient _http;
    private readonly HttpEmbedderOptions _options;
    private readonly TimeProvider _clock;
    private readonly RetryPauses _pauses;
    private readonly Uri _address;
    private readonly string _modelName;
    private EmbedderModel? _model;
    private bool _isProbed;

    /// <param name="http">Its own time-out should be infinite: each attempt has one from the options.</param>
    public HttpEmbedder(HttpClient http, HttpEmbedderOptions options, TimeProvider clock, Random random)
    {
        _http = http;
        _options = options;
        _clock = clock;
        _pauses = new RetryPauses(options, clock, random);
        _modelName = options.Model ?? throw new ArgumentException("The options name no model.", nameof(options));
        var endpoint = options.Endpoint ?? throw new ArgumentException("The options name no endpoint.", nameof(options));
        _address = new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/embeddings");
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
        else if ((await AttemptAsync(texts, cancellationToken).ConfigureAwait(false)).Vectors is { } vectors)
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
        for (var attempt = 0; ; attempt++)
        {
            var outcome = await AttemptAsync(texts, cancellationToken).ConfigureAwait(false);
            if (outcome.Vectors is { } vectors)
            {
                return vectors;
            }

            if (!outcome.IsTransient || attempt == _options.RetriesMax)
            {
                throw Unavailable($"{outcome.Failure}, at attempt {attempt + 1} of {_options.RetriesMax + 1}", outcome.Cause);
            }

            await Task.Delay(_pauses.After(attempt, outcome.RetryAfter), _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<EmbeddingAttempt> AttemptAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.AttemptTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var request = RequestFor(texts);
            using var response = await _http.SendAsync(request, either.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? new EmbeddingAttempt { Vectors = await ReadAsync(response, texts.Count, either.Token).ConfigureAwait(false) }
                : EmbeddingAttempt.Refused(response);
        }
        catch (HttpRequestException exception)
        {
            return new EmbeddingAttempt { Failure = $"no whole answer ({exception.HttpRequestError})", IsTransient = true, Cause = exception };
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new EmbeddingAttempt { Failure = $"no answer within {_options.AttemptTimeout}", IsTransient = true, Cause = exception };
        }
        catch (JsonException exception)
        {
            return new EmbeddingAttempt { Failure = "the answer is not JSON", Cause = exception };
        }
        catch (FormatException exception)
        {
            return new EmbeddingAttempt { Failure = exception.Message, Cause = exception };
        }
    }

    private HttpRequestMessage RequestFor(IReadOnlyList<string> texts)
    {
        var body = new EmbeddingsRequest(
            _modelName, texts, _options.RequestBase64 ? "base64" : "float", _options.RequestDimensions ? _options.Dimensions : null);
        var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = JsonContent.Create(body) };
        if (_options.ApiKey is { Length: > 0 } key)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return request;
    }

    private static async Task<float[][]> ReadAsync(HttpResponseMessage response, int texts, CancellationToken cancellationToken)
    {
        using var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var document = await JsonDocument.ParseAsync(content, cancellationToken: cancellationToken).ConfigureAwait(false);
        return EmbeddingsResponse.Read(document.RootElement, texts);
    }

    private MemoryClusterException Unavailable(string failure, Exception? cause = null) =>
        new(MemoryFault.EmbedderUnavailable, $"Embedding by {_modelName} at {_address.Authority} failed: {failure}.", cause);
}
