namespace MemoryCluster.Grains.Tenants;

/// <summary>What a request must find in the directory before anything is asked of a shard.</summary>
internal static class DirectoryLookups
{
    public static TeamRecord Require(this DirectorySnapshot directory, TeamId team) =>
        directory.Teams.GetValueOrDefault(team) ?? throw Missing.Team(team);

    public static void Require(this TeamRecord team, AgentId agent)
    {
        if (!team.Agents.ContainsKey(agent))
        {
            throw Missing.Agent(team.Id, agent);
        }
    }

    public static TeamRecord? FindTeam(this DirectorySnapshot directory, uint number) =>
        directory.TeamsByNumber.TryGetValue(number, out var team) ? directory.Teams.GetValueOrDefault(team) : null;

    public static ImmutableArray<ShardId> ShardsIn(this TeamRecord team, TenantId tenant) =>
        [.. team.Ranges.Select(range => new ShardId(tenant, team.Id, range.Partition))];
}
