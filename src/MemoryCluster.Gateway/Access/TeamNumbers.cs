using System.Collections.Concurrent;

namespace MemoryCluster.Gateway.Access;

/// <summary>Finds the team whose number stands in an id. A number is given once, so what was learnt stays true.</summary>
internal sealed class TeamNumbers(IGrainFactory grains)
{
    private readonly ConcurrentDictionary<TenantId, DirectorySnapshot> _known = new();

    /// <summary>The team, or null where the tenant has none of that number.</summary>
    public async ValueTask<TeamId?> FindAsync(TenantId tenant, uint number, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(tenant, out var known) && known.TeamsByNumber.TryGetValue(number, out var team))
        {
            return team;
        }

        var fresh = await grains.GetGrain<ITenantGrain>(GrainKey.Of(tenant)).GetSnapshotAsync(cancellationToken);
        _known[tenant] = fresh;
        return fresh.TeamsByNumber.TryGetValue(number, out team) ? team : null;
    }
}
