using System.Runtime.CompilerServices;
using MemoryCluster.Client.Http;
using MemoryCluster.Contract;

namespace MemoryCluster.Client;

/// <summary>Writing, reading, changing and deleting memories.</summary>
public sealed partial class MemoryClusterClient
{
    /// <summary>Asks for a memory to be kept; the answer says what was decided. When it returns, an admitted memory is durable.</summary>
    /// <param name="request">The memory.</param>
    /// <param name="idempotencyKey">
    /// At most 64 ASCII characters, kept for 24 h: the same key and body write once. Null makes one that covers the client's own repeats.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting; whether it was written is then unknown.</param>
    public Task<RememberResponse> RememberAsync(
        RememberRequest request, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _http.SendAsync(
            Request(HttpMethod.Post, "api/v1/memories", request, Json.RememberRequest) with { IdempotencyKey = KeyOr(idempotencyKey) },
            Json.RememberResponse, cancellationToken);

    /// <summary>Asks for up to 1,000 memories to be kept; each succeeds or fails alone, and the answer is in their order.</summary>
    /// <param name="requests">The memories.</param>
    /// <param name="idempotencyKey">As with a single memory, for the batch as a whole.</param>
    /// <param name="cancellationToken">Ends the waiting; what was written is then unknown.</param>
    public async Task<IReadOnlyList<RememberBatchItem>> RememberManyAsync(
        IReadOnlyList<RememberRequest> requests, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        var body = new RememberBatchRequest { Items = requests };
        var request = Request(HttpMethod.Post, "api/v1/memories/batch", body, Json.RememberBatchRequest) with
        {
            IdempotencyKey = KeyOr(idempotencyKey),
        };
        return (await _http.SendAsync(request, Json.RememberBatchResponse, cancellationToken).ConfigureAwait(false)).Results;
    }

    /// <summary>A memory by its id.</summary>
    public Task<MemoryResponse> GetMemoryAsync(string id, CancellationToken cancellationToken = default) =>
        GetAsync(MemoryPath(id), Json.MemoryResponse, cancellationToken);

    /// <summary>A memory's versions, oldest first.</summary>
    public Task<MemoryHistoryResponse> GetHistoryAsync(string id, CancellationToken cancellationToken = default) =>
        GetAsync($"{MemoryPath(id)}/history", Json.MemoryHistoryResponse, cancellationToken);

    /// <summary>Every memory that matches, newest first; pages are fetched as the caller goes on.</summary>
    public async IAsyncEnumerable<MemoryResponse> ListMemoriesAsync(
        MemoryFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        for (string? cursor = null; ;)
        {
            var path = $"api/v1/memories?{filter.ToQuery(cursor)}";
            var page = await GetAsync(path, Json.MemoryListResponse, cancellationToken).ConfigureAwait(false);
            foreach (var memory in page.Items)
                yield return memory;
            if (page.NextCursor is null)
                yield break;
            cursor = page.NextCursor;
        }
    }

    /// <summary>Part of what a team's memories tell of a thing or from a session, in the order of time: stretches with summaries, down to memories.</summary>
    /// <param name="team">The team.</param>
    /// <param name="filter">Of what, from when to when, and how far above the memories.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<TimelineResponse> GetTimelineAsync(string team, TimelineFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return GetAsync($"{TeamPath(team)}/timeline?{filter.ToQuery()}", Json.TimelineResponse, cancellationToken);
    }

    /// <summary>Changes a memory, if its version is still the one given.</summary>
    /// <param name="id">Which.</param>
    /// <param name="version">The version that the caller saw.</param>
    /// <param name="changes">What is left out stays.</param>
    /// <param name="idempotencyKey">Null makes one that covers the client's own repeats.</param>
    /// <param name="cancellationToken">Ends the waiting; whether it was changed is then unknown.</param>
    public Task<MemoryResponse> PatchMemoryAsync(
        string id, int version, PatchMemoryRequest changes, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        var request = Request(HttpMethod.Patch, MemoryPath(id), changes, Json.PatchMemoryRequest) with
        {
            IfMatch = version,
            IdempotencyKey = KeyOr(idempotencyKey),
        };
        return _http.SendAsync(request, Json.MemoryResponse, cancellationToken);
    }

    /// <summary>Deletes a memory and what was derived from it, for ever.</summary>
    /// <param name="id">Which.</param>
    /// <param name="idempotencyKey">Null makes one that covers the client's own repeats: they get the same receipt.</param>
    /// <param name="cancellationToken">Ends the waiting; whether it was deleted is then unknown.</param>
    public Task<DeleteMemoryResponse> DeleteMemoryAsync(
        string id, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _http.SendAsync(
            new ContractRequest(HttpMethod.Delete, $"{MemoryPath(id)}?cascade=derived") { IdempotencyKey = KeyOr(idempotencyKey) },
            Json.DeleteMemoryResponse, cancellationToken);

    /// <summary>Deletes every memory that matches all members given.</summary>
    /// <param name="request">Which.</param>
    /// <param name="idempotencyKey">Null makes one that covers the client's own repeats: they get the same receipt.</param>
    /// <param name="cancellationToken">Ends the waiting; what was deleted is then unknown.</param>
    public Task<ForgetResponse> ForgetAsync(
        ForgetRequest request, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _http.SendAsync(
            Request(HttpMethod.Post, "api/v1/forget", request, Json.ForgetRequest) with { IdempotencyKey = KeyOr(idempotencyKey) },
            Json.ForgetResponse, cancellationToken);

    private string? KeyOr(string? idempotencyKey) => idempotencyKey ?? (Options.MakeIdempotencyKeys ? _chance.NewIdempotencyKey() : null);

    private static string MemoryPath(string id) => $"api/v1/memories/{Escape(id)}";
}
