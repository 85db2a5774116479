using System.Runtime.CompilerServices;
using MemoryCluster.Client.Http;
using MemoryCluster.Contract;

namespace MemoryCluster.Client;

/// <summary>Runs, what was decided of them, and on what evidence.</summary>
public sealed partial class MemoryClusterClient
{
    private static readonly TimeSpan RerunMax = TimeSpan.FromMinutes(6);

    /// <summary>Reports a run; the answer says what of it is remembered.</summary>
    /// <param name="request">The run.</param>
    /// <param name="idempotencyKey">As with a memory: null makes one that covers the client's own repeats.</param>
    /// <param name="cancellationToken">Ends the waiting; whether it was kept is then unknown.</param>
    public Task<RunAcceptedResponse> SubmitRunAsync(
        RunRequest request, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _http.SendAsync(
            Request(HttpMethod.Post, "api/v1/runs", request, Json.RunRequest) with { IdempotencyKey = KeyOr(idempotencyKey) },
            Json.RunAcceptedResponse, cancellationToken);

    /// <summary>A run with its decisions and replays as they stand now.</summary>
    public Task<RunResponse> GetRunAsync(string id, CancellationToken cancellationToken = default) =>
        GetAsync($"api/v1/runs/{Uri.EscapeDataString(id)}", Json.RunResponse, cancellationToken);

    /// <summary>The evidence that a memory was admitted on, run again by the server.</summary>
    public Task<CertificateResponse> GetCertificateAsync(string memoryId, CancellationToken cancellationToken = default) =>
        GetAsync($"{MemoryPath(memoryId)}/certificate", Json.CertificateResponse, cancellationToken);

    /// <summary>
    /// Has the replays that a memory was admitted on made again by their replayer, and compares; takes up to five minutes. Not repeated: a second
    /// time would cost the team's day as many replays once more.
    /// </summary>
    public Task<CertificateRerunResponse> RerunCertificateAsync(string memoryId, CancellationToken cancellationToken = default) =>
        _http.SendAsync(
            new ContractRequest(HttpMethod.Post, $"{MemoryPath(memoryId)}/certificate/rerun") { AttemptTimeout = RerunMax }, Json.CertificateRerunResponse,
            cancellationToken);

    /// <summary>Every decision on a team's runs, newest first; pages are fetched as the caller goes on.</summary>
    public async IAsyncEnumerable<DecisionBody> ListDecisionsAsync(
        string team, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(team);
        for (string? cursor = null; ;)
        {
            var path = $"api/v1/controller/decisions?team={Uri.EscapeDataString(team)}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}";
            var page = await GetAsync(path, Json.DecisionListResponse, cancellationToken).ConfigureAwait(false);
            foreach (var decision in page.Items)
                yield return decision;
            if (page.NextCursor is null)
                yield break;
            cursor = page.NextCursor;
        }
    }
}
