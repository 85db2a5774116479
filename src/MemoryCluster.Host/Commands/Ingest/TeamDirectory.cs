using MemoryCluster.Client;
using MemoryCluster.Contract;

namespace MemoryCluster.Host.Commands.Ingest;

/// <summary>Sees to it that teams and agents are there before their memories are written, and makes only those that are missing.</summary>
internal sealed class TeamDirectory(MemoryClusterClient client) : IDisposable
{
    private readonly Dictionary<string, HashSet<string>> _agentsByTeam = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1);

    public async Task EnsureAsync(string team, string agent, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!_agentsByTeam.TryGetValue(team, out var agents))
                _agentsByTeam[team] = agents = await AgentsOfAsync(team, cancellationToken);
            if (!agents.Contains(agent))
                await client.PutAgentAsync(team, agent, cancellationToken: cancellationToken);
            agents.Add(agent);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<HashSet<string>> AgentsOfAsync(string team, CancellationToken cancellationToken)
    {
        try
        {
            var found = await client.GetTeamAsync(team, cancellationToken);
            return [.. found.Agents.Select(agent => agent.Id)];
        }
        catch (MemoryClusterException absent) when (absent.Fault == MemoryFault.NotFound)
        {
            await client.PutTeamAsync(team, new PutTeamRequest { Domain = "general" }, cancellationToken);
            return [];
        }
    }
}
