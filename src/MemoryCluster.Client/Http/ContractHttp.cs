using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MemoryCluster.Client.Http;

/// <summary>Sends requests of the contract: attempts, pauses, faults. Everything else of the client is names and types.</summary>
internal sealed class ContractHttp(HttpClient http, MemoryClusterClientOptions options, Chance chance)
{
    private readonly RetryRules _rules = new(options, chance);

    public async Task<T> SendAsync<T>(ContractRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("The body is null.");
        }
        catch (JsonException cause)
        {
            throw new MemoryClusterException(
                MemoryFault.Unspecified, $"{request.Method} {request.Path} succeeded, but its answer is not the contract's: {cause.Message}", cause);
        }
    }

    /// <summary>The successful answer, whole; the caller disposes it.</summary>
    public async Task<HttpResponseMessage> SendAsync(ContractRequest request, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var (response, fault) = await AttemptAsync(request, cancellationToken).ConfigureAwait(false);
            if (fault is null)
                return response!;

            var retryAfter = response?.Headers.RetryAfter?.Delta;
            response?.Dispose();
            var pause = _rules.PauseAfter(fault.Fault, request.IsRepeatable, attempt, retryAfter);
            if (pause is null)
                throw fault;
            await Task.Delay(pause.Value, options.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(HttpResponseMessage? Response, MemoryClusterException? Fault)> AttemptAsync(
        ContractRequest request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(request.AttemptTimeout ?? options.AttemptTimeout, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var message = request.ToMessage();
        try
        {
            var response = await http.SendAsync(message, either.Token).ConfigureAwait(false);
            return (response, response.IsSuccessStatusCode ? null : await FaultReader.ReadAsync(response, either.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException cause) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (null, TimedOut(request, cause));
        }
        catch (HttpRequestException cause)
        {
            return (null, Unreachable(request, cause));
        }
    }

    private MemoryClusterException TimedOut(ContractRequest request, Exception cause) =>
        new(MemoryFault.DeadlineExceeded,
            $"{request.Method} {request.Path} was not answered within {options.AttemptTimeout.TotalSeconds} s; whether it took effect is unknown.", cause);

    private MemoryClusterException Unreachable(ContractRequest request, HttpRequestException cause) =>
        cause.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            ? new(MemoryFault.ShardUnavailable,
                $"No connection to {http.BaseAddress} for {request.Method} {request.Path}: {cause.Message}. Nothing was done. Is the server running?",
                cause, "unreachable")
            : new(MemoryFault.OutcomeUnknown,
                $"The connection to {http.BaseAddress} broke during {request.Method} {request.Path}: {cause.Message}. Whether it took effect is unknown.",
                cause);
}
