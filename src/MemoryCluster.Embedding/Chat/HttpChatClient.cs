using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace MemoryCluster.Embedders;

/// <summary>
/// Chats with an OpenAI-shaped service over HTTP. Made for answers that can be had again: temperature 0 unless the caller says otherwise, the
/// caller's seed, one choice, no stream. Texts alone: tools and other kinds of content are refused with <see cref="NotSupportedException"/>.
/// </summary>
/// <remarks>A failure is a <see cref="ChatServiceException"/>. Messages and keys stand in no failure.</remarks>
public sealed class HttpChatClient : IChatClient
{
    private readonly ChatClientOptions _options;
    private readonly ServiceCalls _service;
    private readonly ChatClientMetadata _metadata;

    /// <param name="http">Its own time-out should be infinite: each attempt has one from the options. It stays the caller's.</param>
    /// <param name="options">Where the service is and how it is asked.</param>
    /// <param name="clock">Measures time-outs and pauses.</param>
    /// <param name="random">Spreads the pauses.</param>
    public HttpChatClient(HttpClient http, ChatClientOptions options, TimeProvider clock, Random random)
    {
        _options = options;
        var model = options.Model ?? throw new ArgumentException("The options name no model.", nameof(options));
        var endpoint = options.Endpoint ?? throw new ArgumentException("The options name no endpoint.", nameof(options));
        _service = new ServiceCalls(http, new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/chat/completions"), options.ApiKey, options.Limits, clock, random);
        _metadata = new ChatClientMetadata("openai", endpoint, model);
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = RequestFor(messages, options);
        var outcome = await _service.AskAsync(request, ChatCompletion.Read, cancellationToken).ConfigureAwait(false);
        return outcome.Answer ?? throw new ChatServiceException(
            $"Chatting with {request.Model} at {_service.Address.Authority} failed: {outcome.Failure}.", outcome.IsTransient, outcome.Cause);
    }

    /// <summary>The whole answer as updates, once it is there: the service is not asked to stream.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (var update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null : serviceType.IsInstanceOfType(_metadata) ? _metadata : serviceType.IsInstanceOfType(this) ? this : null;

    /// <summary>Does nothing: the HTTP client is the caller's.</summary>
    public void Dispose()
    {
    }

    private ChatRequest RequestFor(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        if (options is { Tools.Count: > 0 } || options?.ResponseFormat is ChatResponseFormatJson)
        {
            throw new NotSupportedException("This client asks for texts alone: leave out tools and formats.");
        }

        var tokens = Math.Min(options?.MaxOutputTokens ?? int.MaxValue, _options.TokensMax);
        return new ChatRequest
        {
            Model = options?.ModelId ?? _metadata.DefaultModelId!,
            Messages = [.. InstructionsOf(options).Concat(messages.Select(MessageOf))],
            Temperature = _options.RequestTemperature ? options?.Temperature ?? 0 : null,
            TopP = options?.TopP,
            Seed = options?.Seed,
            Stop = options?.StopSequences is { Count: > 0 } stop ? [.. stop] : null,
            MaxTokens = _options.RequestCompletionTokens ? null : tokens,
            MaxCompletionTokens = _options.RequestCompletionTokens ? tokens : null,
        };
    }

    private static IEnumerable<ChatRequestMessage> InstructionsOf(ChatOptions? options) =>
        options?.Instructions is { Length: > 0 } instructions ? [new ChatRequestMessage("system", instructions)] : [];

    private static ChatRequestMessage MessageOf(ChatMessage message) => message.Contents.All(content => content is TextContent)
        ? new ChatRequestMessage(message.Role.Value, message.Text)
        : throw new NotSupportedException("This client sends texts alone: leave out other kinds of content.");
}
