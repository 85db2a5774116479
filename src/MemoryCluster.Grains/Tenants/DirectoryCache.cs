using System.Collections.Concurrent;

namespace MemoryCluster.Grains.Tenants;

/// <summary>The tenants' directories as this silo last saw them.</summary>
/// <remarks>
/// A snapshot is never believed for its age: every use asks the tenant for its version, which is the price of a revocation that is in
/// force when its call returns. Only what never becomes untrue, such as that a team exists, is read from <see cref="Known"/>.
/// </remarks>
internal sealed class DirectoryCache(IGrainFactory grains)
{
    private readonly ConcurrentDictionary<TenantId, DirectorySnapshot> _snapshots = [];

    /// <summary>The directory as of some moment after the call began.</summary>
    public async ValueTask<DirectorySnapshot> GetAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var version = await TenantOf(tenant).CallAsync(owner => owner.GetVersionAsync(cancellationToken));
        return await GetAtLeastAsync(tenant, version, cancellationToken);
    }

    /// <summary>A directory that knows every change up to <paramref name="version"/>.</summary>
    public async ValueTask<DirectorySnapshot> GetAtLeastAsync(TenantId tenant, long version, CancellationToken cancellationToken)
    {
        if (Known(tenant) is { } known && known.Version >= version)
        {
            return known;
        }

        var fetched = await TenantOf(tenant).CallAsync(owner => owner.GetSnapshotAsync(cancellationToken));
        return _snapshots.AddOrUpdate(
            tenant, static (_, fetched) => fetched, static (_, held, fetched) => held.Version > fetched.Version ? held : fetched, fetched);
    }

    /// <summary>Notes that the team holds shared memories, and knows it from then on.</summary>
    public async Task MarkSharingAsync(TenantId tenant, TeamId team, CancellationToken cancellationToken)
    {
        await TenantOf(tenant).CallAsync(owner => owner.MarkSharingAsync(team, cancellationToken));
        await GetAsync(tenant, cancellationToken);
    }

    /// <summary>The last snapshot seen, however old; null before the first.</summary>
    public DirectorySnapshot? Known(TenantId tenant) => _snapshots.GetValueOrDefault(tenant);

    private ITenantGrain TenantOf(TenantId tenant) => grains.GetGrain<ITenantGrain>(GrainKey.Of(tenant));
}
