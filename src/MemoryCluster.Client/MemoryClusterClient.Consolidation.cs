using System.Runtime.CompilerServices;
using MemoryCluster.Client.Http;
using MemoryCluster.Contract;

namespace MemoryCluster.Client;

/// <summary>Consolidation on demand, what it did, and its undoing.</summary>
public sealed partial class MemoryClusterClient
{
    /// <summary>Consolidates what has changed in a team since the last pass; needs the scope <c>admin</c>.</summary>
    public Task<ConsolidateResponse> ConsolidateAsync(string team, CancellationToken cancellationToken = default) =>
        _http.SendAsync(ConsolidationRequest(team, "consolidate"), Json.ConsolidateResponse, cancellationToken);

    /// <summary>Undoes one consolidation; needs the scope <c>admin</c>. To undo what has been undone is refused.</summary>
    /// <param name="team">The team.</param>
    /// <param name="id">The consolidation's id, as the pass that made it told and as <see cref="ListConsolidationsAsync"/> does.</param>
    /// <param name="cancellationToken">Ends the waiting; whether it was undone is then unknown.</param>
    public Task<ConsolidationStepBody> UndoConsolidationAsync(string team, string id, CancellationToken cancellationToken = default) =>
        _http.SendAsync(ConsolidationRequest(team, $"consolidations/{Uri.EscapeDataString(id)}/undo"), Json.ConsolidationStepBody, cancellationToken);

    /// <summary>Every consolidation in force and the latest that ended, newest first; needs the scope <c>admin</c>.</summary>
    /// <remarks>Pages are fetched as the caller goes on.</remarks>
    public async IAsyncEnumerable<ConsolidationEntryBody> ListConsolidationsAsync(
        string team, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(team);
        for (string? cursor = null; ;)
        {
            var path = $"api/v1/controller/consolidations?team={Uri.EscapeDataString(team)}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}";
            var page = await GetAsync(path, Json.ConsolidationListResponse, cancellationToken).ConfigureAwait(false);
            foreach (var entry in page.Items)
                yield return entry;
            if (page.NextCursor is null)
                yield break;
            cursor = page.NextCursor;
        }
    }

    private static ContractRequest ConsolidationRequest(string team, string path) => new(HttpMethod.Post, $"api/v1/controller/teams/{Escape(team)}/{path}");
}
