using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace MemoryCluster.Embedders;

/// <summary>Posts JSON to one address of a model service, each attempt under a time-out, again where that may help. Bodies and keys stand in no failure.</summary>
/// <param name="http">Its own time-out should be infinite.</param>
/// <param name="address">Where requests go.</param>
/// <param name="apiKey">Sent as a bearer token, where there is one.</param>
/// <param name="limits">How patient the calls are.</param>
/// <param name="clock">Measures time-outs and pauses.</param>
/// <param name="random">Spreads the pauses.</param>
internal sealed class ServiceCalls(HttpClient http, Uri address, string? apiKey, ServiceLimits limits, TimeProvider clock, Random random)
{
    private readonly RetryPauses _pauses = new(limits, clock, random);

    public Uri Address => address;

    /// <summary>The first answer, or the last failure with the number of attempts.</summary>
    /// <param name="request">Becomes the body.</param>
    /// <param name="read">Reads an answer's body; throws <see cref="FormatException"/> where it is of no use.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    public async Task<ServiceAttempt<TAnswer>> AskAsync<TRequest, TAnswer>(
        TRequest request, Func<JsonElement, TAnswer> read, CancellationToken cancellationToken)
        where TAnswer : class
    {
        for (var attempt = 0; ; attempt++)
        {
            var outcome = await AttemptAsync(request, read, cancellationToken).ConfigureAwait(false);
            if (outcome.Answer is not null)
            {
                return outcome;
            }

            if (!outcome.IsTransient || attempt == limits.RetriesMax)
            {
                return outcome with { Failure = $"{outcome.Failure}, at attempt {attempt + 1} of {limits.RetriesMax + 1}" };
            }

            await Task.Delay(_pauses.After(attempt, outcome.RetryAfter), clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One request.</summary>
    /// <inheritdoc cref="AskAsync"/>
    public async Task<ServiceAttempt<TAnswer>> AttemptAsync<TRequest, TAnswer>(
        TRequest request, Func<JsonElement, TAnswer> read, CancellationToken cancellationToken)
        where TAnswer : class
    {
        using var timeout = new CancellationTokenSource(limits.AttemptTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var message = MessageFor(request);
            using var response = await http.SendAsync(message, either.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? new ServiceAttempt<TAnswer> { Answer = await ReadAsync(response, read, either.Token).ConfigureAwait(false) }
                : ServiceAttempt<TAnswer>.Refused(response);
        }
        catch (HttpRequestException exception)
        {
            // an answer over the client's limit is as long the next time
            return new ServiceAttempt<TAnswer>
            {
                Failure = $"no whole answer ({exception.HttpRequestError})",
                IsTransient = exception.HttpRequestError != HttpRequestError.ConfigurationLimitExceeded,
                Cause = exception,
            };
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new ServiceAttempt<TAnswer> { Failure = $"no answer within {limits.AttemptTimeout}", IsTransient = true, Cause = exception };
        }
        catch (JsonException exception)
        {
            return new ServiceAttempt<TAnswer> { Failure = "the answer is not JSON", Cause = exception };
        }
        catch (FormatException exception)
        {
            return new ServiceAttempt<TAnswer> { Failure = exception.Message, Cause = exception };
        }
    }

    private HttpRequestMessage MessageFor<TRequest>(TRequest request)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(request) };
        if (apiKey is { Length: > 0 })
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        }

        return message;
    }

    private static async Task<TAnswer> ReadAsync<TAnswer>(
        HttpResponseMessage response, Func<JsonElement, TAnswer> read, CancellationToken cancellationToken)
    {
        using var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var document = await JsonDocument.ParseAsync(content, cancellationToken: cancellationToken).ConfigureAwait(false);
        return read(document.RootElement);
    }
}
