using MemoryCluster.Client.Http;
using MemoryCluster.Contract;

namespace MemoryCluster.Client;

/// <summary>Teams, agents, access and keys.</summary>
public sealed partial class MemoryClusterClient
{
    /// <summary>Makes a team or changes it.</summary>
    public Task<TeamResponse> PutTeamAsync(string team, PutTeamRequest request, CancellationToken cancellationToken = default) =>
        _http.SendAsync(Request(HttpMethod.Put, TeamPath(team), request, Json.PutTeamRequest), Json.TeamResponse, cancellationToken);

    /// <summary>The team with its counts.</summary>
    public Task<TeamResponse> GetTeamAsync(string team, CancellationToken cancellationToken = default) =>
        GetAsync(TeamPath(team), Json.TeamResponse, cancellationToken);

    /// <summary>The teams that the key may see, by id.</summary>
    public async Task<IReadOnlyList<TeamResponse>> ListTeamsAsync(CancellationToken cancellationToken = default) =>
        (await GetAsync("api/v1/teams", Json.TeamListResponse, cancellationToken).ConfigureAwait(false)).Teams;

    /// <summary>Puts an agent into a team, or changes its role.</summary>
    public Task<AgentResponse> PutAgentAsync(string team, string agent, string? role = null, CancellationToken cancellationToken = default)
    {
        var path = $"{TeamPath(team)}/agents/{Escape(agent)}";
        var request = Request(HttpMethod.Put, path, new PutAgentRequest { Role = role }, Json.PutAgentRequest);
        return _http.SendAsync(request, Json.AgentResponse, cancellationToken);
    }

    /// <summary>Lets a user call an agent; again changes nothing.</summary>
    public Task GrantAgentAsync(string user, string agent, CancellationToken cancellationToken = default) =>
        SendAsync(new ContractRequest(HttpMethod.Put, UserAgentPath(user, agent)), cancellationToken);

    /// <summary>No longer lets a user call an agent: in force when the call returns.</summary>
    public Task RevokeAgentAsync(string user, string agent, CancellationToken cancellationToken = default) =>
        SendAsync(new ContractRequest(HttpMethod.Delete, UserAgentPath(user, agent)) { IsSafe = true }, cancellationToken);

    /// <summary>Lets an agent use a resource; again changes nothing.</summary>
    public Task GrantResourceAsync(string agent, string resource, CancellationToken cancellationToken = default) =>
        SendAsync(new ContractRequest(HttpMethod.Put, AgentResourcePath(agent, resource)), cancellationToken);

    /// <summary>No longer lets an agent use a resource: in force when the call returns.</summary>
    public Task RevokeResourceAsync(string agent, string resource, CancellationToken cancellationToken = default) =>
        SendAsync(new ContractRequest(HttpMethod.Delete, AgentResourcePath(agent, resource)) { IsSafe = true }, cancellationToken);

    /// <summary>Makes a key; it is shown in this answer and never again. Not repeated on an unknown outcome: that could leave a key nobody holds.</summary>
    public Task<CreateKeyResponse> CreateKeyAsync(CreateKeyRequest request, CancellationToken cancellationToken = default) =>
        _http.SendAsync(
            Request(HttpMethod.Post, "api/v1/keys", request, Json.CreateKeyRequest), Json.CreateKeyResponse, cancellationToken);

    /// <summary>Ends a key, everywhere within a second.</summary>
    public Task DeleteKeyAsync(string id, CancellationToken cancellationToken = default) =>
        SendAsync(new ContractRequest(HttpMethod.Delete, $"api/v1/keys/{Escape(id)}"), cancellationToken);

    /// <summary>Chooses what texts are embedded by; <see cref="TeamResponse.Embedding"/> tells how far a team has come.</summary>
    public Task<EmbedderResponse> PutEmbedderAsync(PutEmbedderRequest request, CancellationToken cancellationToken = default) =>
        _http.SendAsync(Request(HttpMethod.Put, "api/v1/embedder", request, Json.PutEmbedderRequest), Json.EmbedderResponse, cancellationToken);

    /// <summary>What texts are embedded by.</summary>
    public Task<EmbedderResponse> GetEmbedderAsync(CancellationToken cancellationToken = default) =>
        GetAsync("api/v1/embedder", Json.EmbedderResponse, cancellationToken);

    /// <summary>Registers a replayer, or changes it: runs that name it in their evaluation are posted to it, signed with the secret.</summary>
    public Task<ReplayerResponse> PutReplayerAsync(string name, PutReplayerRequest request, CancellationToken cancellationToken = default) =>
        _http.SendAsync(Request(HttpMethod.Put, ReplayerPath(name), request, Json.PutReplayerRequest), Json.ReplayerResponse, cancellationToken);

    /// <summary>The registered replayers, by name.</summary>
    public async Task<IReadOnlyList<ReplayerResponse>> ListReplayersAsync(CancellationToken cancellationToken = default) =>
        (await GetAsync("api/v1/replayers", Json.ReplayerListResponse, cancellationToken).ConfigureAwait(false)).Replayers;

    /// <summary>A registered replayer.</summary>
    public Task<ReplayerResponse> GetReplayerAsync(string name, CancellationToken cancellationToken = default) =>
        GetAsync(ReplayerPath(name), Json.ReplayerResponse, cancellationToken);

    /// <summary>Ends a replayer: nothing more is sent to it.</summary>
    public Task DeleteReplayerAsync(string name, CancellationToken cancellationToken = default) =>
        SendAsync(new ContractRequest(HttpMethod.Delete, ReplayerPath(name)), cancellationToken);

    private static string ReplayerPath(string name) => $"api/v1/replayers/{Escape(name)}";

    private static string TeamPath(string team) => $"api/v1/teams/{Escape(team)}";

    private static string UserAgentPath(string user, string agent) => $"api/v1/access/users/{Escape(user)}/agents/{Escape(agent)}";

    private static string AgentResourcePath(string agent, string resource) =>
        $"api/v1/access/agents/{Escape(agent)}/resources/{Escape(resource)}";
}
