using System.Globalization;

namespace MemoryCluster;

/// <summary>The one place where ids become grain keys and back. <c>/</c> separates: no id contains it.</summary>
public static class GrainKey
{
    /// <summary><c>tenant</c></summary>
    public static string Of(TenantId tenant) => tenant.Value;

    /// <summary><c>tenant/team</c></summary>
    public static string Of(TenantId tenant, TeamId team) => $"{tenant.Value}/{team.Value}";

    /// <summary><c>tenant/team/agent</c></summary>
    public static string Of(TenantId tenant, TeamId team, AgentId agent) => $"{tenant.Value}/{team.Value}/{agent.Value}";

    /// <summary><c>tenant/team/partition</c></summary>
    public static string Of(ShardId shard) =>
        string.Create(CultureInfo.InvariantCulture, $"{shard.Tenant.Value}/{shard.Team.Value}/{shard.Partition}");

    /// <summary>Reads a team's key.</summary>
    public static (TenantId Tenant, TeamId Team) ParseTeam(string key)
    {
        var parts = Split(key, 2);
        return (new TenantId(parts[0]), new TeamId(parts[1]));
    }

    /// <summary>Reads an agent's key.</summary>
    public static (TenantId Tenant, TeamId Team, AgentId Agent) ParseAgent(string key)
    {
        var parts = Split(key, 3);
        return (new TenantId(parts[0]), new TeamId(parts[1]), new AgentId(parts[2]));
    }

    /// <summary>Reads a shard's key.</summary>
    public static ShardId ParseShard(string key)
    {
        var parts = Split(key, 3);
        return new ShardId(new TenantId(parts[0]), new TeamId(parts[1]), int.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    private static string[] Split(string key, int count)
    {
        var parts = key.Split('/');
        return parts.Length == count
            ? parts
            : throw new ArgumentException($"Grain key '{key}' has {parts.Length} parts where {count} were expected.", nameof(key));
    }
}
