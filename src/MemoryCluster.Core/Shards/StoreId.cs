using System.Globalization;

namespace MemoryCluster.Shards;

/// <summary>Names one store: a shard's memories, a tenant's directory, a team's controller.</summary>
/// <param name="Tenant">The tenant, first in every name.</param>
/// <param name="Name">Unique in the tenant. Stores hash it: no caller's word stands in a path or a key.</param>
public readonly record struct StoreId(TenantId Tenant, string Name)
{
    public static StoreId For(ShardId shard) =>
        new(shard.Tenant, string.Create(CultureInfo.InvariantCulture, $"shard/{shard.Team.Value}/{shard.Partition}"));

    public static StoreId ForDirectory(TenantId tenant) => new(tenant, "directory");

    public static StoreId ForController(TenantId tenant, TeamId team) => new(tenant, $"controller/{team.Value}");

    /// <summary>Whether a name, as <see cref="ToString"/> writes it, is that of a team's controller.</summary>
    public static bool IsController(string name) => name.Contains("/controller/", StringComparison.Ordinal);

    /// <summary>A team's ledger of what it offered to others.</summary>
    public static StoreId ForDiffusion(TenantId tenant, TeamId team) => new(tenant, $"diffusion/{team.Value}");

    /// <summary>Whether a name, as <see cref="ToString"/> writes it, is that of a team's ledger of offers.</summary>
    public static bool IsDiffusion(string name) => name.Contains("/diffusion/", StringComparison.Ordinal);

    /// <summary>Whether a name, as <see cref="ToString"/> writes it, is that of a tenant's directory.</summary>
    public static bool IsDirectory(string name) => name.EndsWith("/directory", StringComparison.Ordinal);

    public override string ToString() => $"{Tenant.Value}/{Name}";
}
