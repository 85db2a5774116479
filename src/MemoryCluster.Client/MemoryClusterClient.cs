using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MemoryCluster.Client.Http;
using MemoryCluster.Contract;

namespace MemoryCluster.Client;

/// <summary>A cluster over HTTP: one method for each route of the contract. Make one and keep it; it may be used from any thread.</summary>
/// <remarks>
/// Refusals and faults are <see cref="MemoryClusterException"/>s with the server's stable code. Transient ones are tried again after a
/// growing, jittered pause, but only where a repeat can do no harm: writes carry an idempotency key of their own for that.
/// </remarks>
public sealed partial class MemoryClusterClient : IDisposable
{
    private static readonly ContractJson Json = ContractJson.Tolerant;

    private readonly HttpClient? _ownHttp;
    private readonly ContractHttp _http;
    private readonly Chance _chance;

    /// <summary>A client with connections of its own.</summary>
    /// <param name="server">The cluster's address, as <c>http://127.0.0.1:8080</c>.</param>
    /// <param name="key">The API key; null where the server asks for none.</param>
    /// <param name="options">How it waits and repeats; null for the defaults.</param>
    public MemoryClusterClient(Uri server, string? key, MemoryClusterClientOptions? options = null)
        : this(NewHttp(server, key), options) => _ownHttp = Http;

    /// <summary>A client over connections of the caller's, who has set their base address and the key, and disposes them.</summary>
    /// <param name="http">Its <see cref="HttpClient.BaseAddress"/> is the cluster's address and ends with a slash.</param>
    /// <param name="options">How it waits and repeats; null for the defaults.</param>
    public MemoryClusterClient(HttpClient http, MemoryClusterClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(http.BaseAddress, "http.BaseAddress");
        Http = http;
        Options = options ?? new MemoryClusterClientOptions();
        _chance = new Chance(Options.Random);
        _http = new ContractHttp(http, Options, _chance);
    }

    private HttpClient Http { get; }

    private MemoryClusterClientOptions Options { get; }

    /// <summary>A team's memory.</summary>
    public TeamMemory Team(string team) => new(this, team);

    /// <summary>An agent's memory within its team.</summary>
    public AgentMemory Agent(string team, string agent) => new(this, team, agent);

    /// <summary>Whether the server serves requests now. Tries once; a server that cannot be reached is not ready.</summary>
    public Task<bool> IsReadyAsync(CancellationToken cancellationToken = default) => IsHealthyAsync("healthz/ready", cancellationToken);

    /// <summary>Whether the server's process lives. Tries once.</summary>
    public Task<bool> IsLiveAsync(CancellationToken cancellationToken = default) => IsHealthyAsync("healthz/live", cancellationToken);

    /// <summary>Closes the connections that the client made itself.</summary>
    public void Dispose() => _ownHttp?.Dispose();

    private static HttpClient NewHttp(Uri server, string? key)
    {
        ArgumentNullException.ThrowIfNull(server);
        // Connections end after a while, so that a name which moves to other machines is looked up again.
        var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            BaseAddress = server.AbsolutePath.EndsWith('/') ? server : new Uri(server.AbsoluteUri + '/'),
            // The options' own timeout holds for an attempt; a second, hidden one would only blur its message.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (key is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    private async Task<bool> IsHealthyAsync(string path, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Options.AttemptTimeout, Options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await Http.GetAsync(new Uri(path, UriKind.Relative), either.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private Task<T> GetAsync<T>(string path, JsonTypeInfo<T> answer, CancellationToken cancellationToken) =>
        _http.SendAsync(new ContractRequest(HttpMethod.Get, path), answer, cancellationToken);

    private static ContractRequest Request<T>(HttpMethod method, string path, T body, JsonTypeInfo<T> type) =>
        new(method, path) { Json = JsonSerializer.SerializeToUtf8Bytes(body, type) };

    private async Task SendAsync(ContractRequest request, CancellationToken cancellationToken)
    {
        using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static string Escape(string id, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(id))] string? name = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(id, name);
        return Uri.EscapeDataString(id);
    }
}
