using MemoryCluster.Contract;

namespace MemoryCluster.Client;

/// <summary>Asking, and saying how it went.</summary>
public sealed partial class MemoryClusterClient
{
    /// <summary>The memories that answer a question best, within the caller's rights.</summary>
    public Task<RecallResponse> RecallAsync(RecallRequest request, CancellationToken cancellationToken = default) =>
        _http.SendAsync(
            Request(HttpMethod.Post, "api/v1/recall", request, Json.RecallRequest) with { IsSafe = true },
            Json.RecallResponse, cancellationToken);

    /// <summary>Reports how a recall turned out; each counts once. Repeated only where nothing can have been done.</summary>
    public Task ReportOutcomeAsync(string recallId, OutcomeRequest outcome, CancellationToken cancellationToken = default) =>
        SendAsync(
            Request(HttpMethod.Post, $"api/v1/recalls/{Escape(recallId)}/outcome", outcome, Json.OutcomeRequest), cancellationToken);
}
