using MemoryCluster.Client.Http;
using MemoryCluster.Contract;

namespace MemoryCluster.Client;

/// <summary>A team's controller: its policy, and what teams give to one another.</summary>
public sealed partial class MemoryClusterClient
{
    /// <summary>A team's policy with its counts by decision.</summary>
    public Task<ControllerTeamResponse> GetControllerAsync(string team, CancellationToken cancellationToken = default) =>
        GetAsync(ControllerPath(team), Json.ControllerTeamResponse, cancellationToken);

    /// <summary>Changes a team's policy; what is left out stays as it is. Give <see cref="PutPolicyRequest.IfVersion"/> to lose no change in between.</summary>
    public Task<ControllerTeamResponse> PutPolicyAsync(string team, PutPolicyRequest request, CancellationToken cancellationToken = default) =>
        _http.SendAsync(
            Request(HttpMethod.Put, $"{ControllerPath(team)}/policy", request, Json.PutPolicyRequest), Json.ControllerTeamResponse, cancellationToken);

    /// <summary>Runs one pass of diffusion now; what it changed.</summary>
    public async Task<IReadOnlyList<DiffusionBody>> DiffuseAsync(string team, CancellationToken cancellationToken = default) =>
        (await _http.SendAsync(
            new ContractRequest(HttpMethod.Post, $"{ControllerPath(team)}/diffuse") { IsSafe = true }, Json.DiffusionListResponse, cancellationToken)
            .ConfigureAwait(false)).Items;

    /// <summary>What a team offered and what it received, latest first.</summary>
    /// <param name="team">The team.</param>
    /// <param name="limit">At most so many, 1 to 200.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<IReadOnlyList<DiffusionBody>> ListDiffusionsAsync(string team, int limit = 50, CancellationToken cancellationToken = default) =>
        (await GetAsync(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"api/v1/controller/diffusions?team={Escape(team)}&limit={limit}"),
            Json.DiffusionListResponse, cancellationToken).ConfigureAwait(false)).Items;

    /// <summary>What a memory came from and what came of it.</summary>
    public Task<LineageResponse> GetLineageAsync(string memoryId, CancellationToken cancellationToken = default) =>
        GetAsync($"{MemoryPath(memoryId)}/lineage", Json.LineageResponse, cancellationToken);

    private static string ControllerPath(string team) => $"api/v1/controller/teams/{Escape(team)}";
}
