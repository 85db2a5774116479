namespace MemoryCluster;

/// <summary>What is absent, or not the caller's to see: one wording each, so that the two cannot be told apart.</summary>
public static class Missing
{
    /// <summary>No such team in the tenant.</summary>
    public static MemoryClusterException Team(TeamId team) =>
        new(MemoryFault.NotFound, $"There is no team '{team}'; make it with PUT /api/v1/teams/{team}.", code: "team_not_found", field: "team");

    /// <summary>No such agent in the team.</summary>
    public static MemoryClusterException Agent(TeamId team, AgentId agent) =>
        new(
            MemoryFault.NotFound,
            $"Team '{team}' has no agent '{agent}'; add it with PUT /api/v1/teams/{team}/agents/{agent}.",
            code: "agent_not_found",
            field: "agent");

    /// <summary>No memory of that id that the caller may see.</summary>
    public static MemoryClusterException Memory(MemoryId id) =>
        new(MemoryFault.NotFound, $"There is no memory {id} that this caller may see.", code: "memory_not_found");

    /// <summary>No consolidation of that id in the team, or it was undone.</summary>
    public static MemoryClusterException Consolidation(ConsolidationId id) =>
        new(MemoryFault.NotFound, $"There is no consolidation {id} in this team, or it was undone.", code: "consolidation_not_found");

    /// <summary>No run of that id that the caller may see.</summary>
    public static MemoryClusterException Run() =>
        new(MemoryFault.NotFound, "There is no such run that this caller may see.", code: "run_not_found", field: "id");

    /// <summary>No such replayer in the tenant.</summary>
    public static MemoryClusterException Replayer() =>
        new(MemoryFault.NotFound, "There is no such replayer; register it with PUT /api/v1/replayers/{name}.", code: "replayer_not_found", field: "name");

    /// <summary>No run taught the memory.</summary>
    public static MemoryClusterException Certificate(MemoryId id) =>
        new(MemoryFault.NotFound, $"Memory {id} was not admitted on a run's evidence.", code: "certificate_not_found");
}
