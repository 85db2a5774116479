using MemoryCluster.Contract;

namespace MemoryCluster.Client;

/// <summary>One team's memory: a view of a client, cheap to make and safe to use from any thread.</summary>
public sealed class TeamMemory
{
    private readonly MemoryClusterClient _client;

    internal TeamMemory(MemoryClusterClient client, string team)
    {
        ArgumentException.ThrowIfNullOrEmpty(team);
        _client = client;
        Id = team;
    }

    /// <summary>The team's id.</summary>
    public string Id { get; }

    /// <summary>Makes the team or changes it.</summary>
    /// <param name="domain">What the team works on; 1 to 128 characters.</param>
    /// <param name="description">More about it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<TeamResponse> PutAsync(string domain, string? description = null, CancellationToken cancellationToken = default) =>
        _client.PutTeamAsync(Id, new PutTeamRequest { Domain = domain, Description = description }, cancellationToken);

    /// <summary>The team with its counts.</summary>
    public Task<TeamResponse> GetAsync(CancellationToken cancellationToken = default) => _client.GetTeamAsync(Id, cancellationToken);

    /// <summary>Puts an agent into the team and gives its memory.</summary>
    public async Task<AgentMemory> AddAgentAsync(string agent, string? role = null, CancellationToken cancellationToken = default)
    {
        await _client.PutAgentAsync(Id, agent, role, cancellationToken).ConfigureAwait(false);
        return Agent(agent);
    }

    /// <summary>The memory of an agent that is in the team already.</summary>
    public AgentMemory Agent(string agent) => new(_client, Id, agent);

    /// <summary>The team's memories that match, newest first.</summary>
    public IAsyncEnumerable<MemoryResponse> ListAsync(MemoryFilter? filter = null, CancellationToken cancellationToken = default) =>
        _client.ListMemoriesAsync((filter ?? new MemoryFilter()) with { Team = Id }, cancellationToken);

    /// <summary>Part of what the team's memories tell of a thing or from a session, in the order of time.</summary>
    public Task<TimelineResponse> GetTimelineAsync(TimelineFilter filter, CancellationToken cancellationToken = default) =>
        _client.GetTimelineAsync(Id, filter, cancellationToken);

    /// <summary>Deletes the team's memories that match; without a filter all of them.</summary>
    public Task<ForgetResponse> ForgetAsync(ForgetRequest? filter = null, CancellationToken cancellationToken = default) =>
        _client.ForgetAsync((filter ?? new ForgetRequest()) with { Team = Id }, cancellationToken: cancellationToken);
}
