using MemoryCluster.Admission;
using MemoryCluster.Grains.Tenants;

namespace MemoryCluster.Grains.Shards;

/// <summary>Which shard a candidate goes to: where its request was carried out before, else where it has a duplicate, else where its placement is.</summary>
internal static class RememberRouting
{
    /// <summary>The places of candidates whose vectors are there, in their order. A team of one shard is asked nothing.</summary>
    /// <remarks>Two candidates that say the same and are written at the same moment may both find no duplicate, and lie in two shards.</remarks>
    public static async Task<ShardId[]> PlacesOfAsync(
        this IGrainFactory grains,
        DirectoryCache directories,
        TenantId tenant,
        TeamRecord team,
        ImmutableArray<RememberCommand> commands,
        CancellationToken cancellationToken)
    {
        if (team.Ranges.Length == 1)
        {
            return [.. commands.Select(command => MemoryPlace.Of(command.Draft, tenant, team))];
        }

        // Whoever is split meanwhile is asked again by its successors; what is placed with it is refused there, and placed anew.
        var shards = team.ShardsIn(tenant);
        var claims = await Task.WhenAll(shards.Select(shard =>
            grains.GetShard(shard).CallAsync(owner => owner.ClaimAsync(commands, cancellationToken))));
        var places = new ShardId[commands.Length];
        var said = new Dictionary<Guid, ShardId>();
        for (var i = 0; i < places.Length; i++)
        {
            var keys = DuplicateKeys.Of(commands[i].Agent, commands[i].Draft);
            places[i] = Claimant(RememberClaim.Operation, i) ?? Claimant(RememberClaim.Duplicate, i)
                ?? (keys.Near is { } near && said.TryGetValue(near, out var other) ? other : MemoryPlace.Of(commands[i].Draft, tenant, team));
            if (keys.Near is { } key)
            {
                said.TryAdd(key, places[i]);
            }
        }

        return places;

        ShardId? Claimant(RememberClaim claim, int i)
        {
            var at = Array.FindIndex(claims, answers => answers[i] == claim);
            return at < 0 ? null : shards[at];
        }
    }

    /// <summary>Remembers one candidate, wherever it belongs by the time that it arrives.</summary>
    public static async Task<RememberResult> RememberAsync(
        this IGrainFactory grains, DirectoryCache directories, TenantId tenant, TeamRecord team, RememberCommand command, CancellationToken cancellationToken)
    {
        const int SplitsMax = 16;
        for (var splits = 0; ; splits++)
        {
            try
            {
                var place = team.Ranges is [var only]
                    ? new ShardId(tenant, team.Id, only.Partition)
                    : (await grains.PlacesOfAsync(directories, tenant, team, [command], cancellationToken))[0];
                return await grains.GetShard(place).CallAsync(owner => owner.RememberAsync(command, cancellationToken));
            }
            catch (MemoryClusterException e) when (e.IsSplit() && splits < SplitsMax)
            {
                team = (await directories.GetAsync(tenant, cancellationToken)).Require(team.Id);
            }
        }
    }
}
