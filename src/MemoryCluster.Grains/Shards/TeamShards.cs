using MemoryCluster.Grains.Tenants;

namespace MemoryCluster.Grains.Shards;

/// <summary>
/// How a team's shards are asked, whatever is split meanwhile: a shard that was split refuses, and the directory, which knew before it did, tells
/// which two to ask instead. What others answered stands: a split moves nothing from or to them.
/// </summary>
internal static class TeamShards
{
    // A team's shards are split one after another, and each takes longer than a call.
    private const int SplitsMax = 16;

    /// <summary>Asks each once, in parallel; the answers come in the order of the shards that were known first.</summary>
    public static async Task<T[]> AskShardsAsync<T>(
        this IGrainFactory grains,
        DirectoryCache directories,
        TenantId tenant,
        TeamRecord team,
        Func<IShardGrain, Task<T>> ask,
        CancellationToken cancellationToken)
    {
        var shards = team.ShardsIn(tenant);
        var answers = new List<T>(shards.Length);
        var asked = new HashSet<ShardId>();
        for (var splits = 0; ; splits++)
        {
            // Most teams have one shard: no waiting for all.
            var replies = shards is [var only]
                ? [await TryAsync(grains.GetShard(only), ask, splits)]
                : await Task.WhenAll(shards.Select(shard => TryAsync(grains.GetShard(shard), ask, splits)));
            answers.AddRange(replies.Where(reply => !reply.WasSplit).Select(reply => reply.Answer!));
            if (!replies.Any(reply => reply.WasSplit))
            {
                return [.. answers];
            }

            asked.UnionWith(shards);
            team = (await directories.GetAsync(tenant, cancellationToken)).Require(team.Id);
            shards = [.. team.ShardsIn(tenant).Except(asked)];
        }
    }

    /// <summary>Asks the shard that a team names first: it keeps the notes of recalls, and copies of other teams' memories.</summary>
    public static Task<T> AskFirstShardAsync<T>(
        this IGrainFactory grains,
        DirectoryCache directories,
        TenantId tenant,
        TeamRecord team,
        Func<IShardGrain, Task<T>> ask,
        CancellationToken cancellationToken) =>
        grains.AskShardAsync(directories, tenant, team, now => now.ShardsIn(tenant)[0], ask, cancellationToken);

    /// <summary>Asks one shard, chosen anew where it was split.</summary>
    public static async Task<T> AskShardAsync<T>(
        this IGrainFactory grains,
        DirectoryCache directories,
        TenantId tenant,
        TeamRecord team,
        Func<TeamRecord, ShardId> choose,
        Func<IShardGrain, Task<T>> ask,
        CancellationToken cancellationToken)
    {
        for (var splits = 0; ; splits++)
        {
            var (wasSplit, answer) = await TryAsync(grains.GetShard(choose(team)), ask, splits);
            if (!wasSplit)
            {
                return answer!;
            }

            team = (await directories.GetAsync(tenant, cancellationToken)).Require(team.Id);
        }
    }

    private static async Task<(bool WasSplit, T? Answer)> TryAsync<T>(IShardGrain shard, Func<IShardGrain, Task<T>> ask, int splits)
    {
        try
        {
            return (false, await shard.CallAsync(ask));
        }
        catch (MemoryClusterException e) when (e.IsSplit() && splits < SplitsMax)
        {
            return (true, default);
        }
    }
}
