namespace MemoryCluster.Embedders;

/// <summary>Scores by a service of the shape that Cohere, Jina and others share. Texts and keys stand in no message of a failure.</summary>
public sealed class HttpReranker : IReranker
{
    private readonly RerankingOptions _options;
    private readonly ServiceCalls _service;
    private readonly string _model;

    /// <param name="http">Its own time-out should be infinite: each attempt has one from the options.</param>
    /// <param name="options">Where the service is and how it is asked.</param>
    /// <param name="clock">Measures time-outs and pauses.</param>
    /// <param name="random">Spreads the pauses.</param>
    public HttpReranker(HttpClient http, RerankingOptions options, TimeProvider clock, Random random)
    {
        _options = options;
        _model = options.Model ?? throw new ArgumentException("The options name no model.", nameof(options));
        var endpoint = options.Endpoint ?? throw new ArgumentException("The options name no endpoint.", nameof(options));
        _service = new ServiceCalls(http, new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/rerank"), options.ApiKey, options.Limits, clock, random);
    }

    /// <inheritdoc/>
    public int CandidatesMax => _options.Candidates;

    /// <inheritdoc/>
    public TimeSpan Timeout => _options.Timeout;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<float>> ScoreAsync(string query, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        if (texts.Count == 0)
        {
            return [];
        }

        var request = new RerankRequest(_model, query, texts, texts.Count);
        var outcome = await _service.AskAsync(request, root => RerankResponse.Read(root, texts.Count), cancellationToken).ConfigureAwait(false);
        return outcome.Answer ?? throw new RerankerException($"Reranking by {_model} at {_service.Address.Authority} failed: {outcome.Failure}.", outcome.Cause);
    }
}
