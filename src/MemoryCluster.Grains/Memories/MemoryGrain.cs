using MemoryCluster.Grains.Controller;
using MemoryCluster.Grains.Diffusions;
using MemoryCluster.Grains.Embedders;
using MemoryCluster.Grains.Shards;
using MemoryCluster.Grains.Tenants;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace MemoryCluster.Grains.Memories;

/// <summary>The door to a memory by its id, which names the team; in a team of several shards each is asked until one has it.</summary>
[StatelessWorker, Reentrant]
internal sealed partial class MemoryGrain(DirectoryCache directories, EmbedderCatalog embedders, ILogger<MemoryGrain> logger) : Grain, IMemoryGrain
{
    private TenantId Tenant => new(this.GetPrimaryKeyString());

    public async Task<MemoryRecord?> GetAsync(MemoryId id, Caller caller, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(Tenant, cancellationToken);
        foreach (var shard in ShardsFor(id, directory))
        {
            if (await shard.CallAsync(owner => owner.GetAsync(id, caller, directory.Version, cancellationToken)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    public async Task<MemoryRecord> PatchAsync(PatchCommand command, Caller caller, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(Tenant, cancellationToken);
        if (command is { Text: { } text, Embedding: null })
        {
            command = command with { Embedding = await GrainFactory.GetEmbedder(embedders.ModelFor(directory)).EmbedAsync(text, cancellationToken) };
        }

        if (command.Visibility == Visibility.Shared && directory.FindTeam(command.Id.TeamNumber) is { Sharing: false } team)
        {
            await directories.MarkSharingAsync(Tenant, team.Id, cancellationToken);
        }

        var changed = await FirstThatHasAsync(
            command.Id, directory, shard => shard.PatchAsync(command, caller, directory.Version, cancellationToken));
        await RecheckAsync(directory, [command.Id], cancellationToken);
        return changed;
    }

    public async Task<DeletionReceipt> DeleteAsync(DeleteCommand command, Caller caller, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(Tenant, cancellationToken);
        var receipt = await FirstThatHasAsync(
            command.Id, directory, shard => shard.DeleteAsync(command, caller, directory.Version, cancellationToken));
        if (directory.FindTeam(command.Id.TeamNumber) is { } team)
        {
            await DeletedSources.TellAsync(GrainFactory, Tenant, team.Id, receipt.Deleted, cancellationToken);
        }

        await RecheckAsync(directory, receipt.Deleted, cancellationToken);
        return receipt;
    }

    private Task RecheckAsync(DirectorySnapshot directory, ImmutableArray<MemoryId> ids, CancellationToken cancellationToken) => ids.IsEmpty
        ? Task.CompletedTask
        : GrainFactory.RecheckCopiesAsync(Tenant, directory.FindTeam(ids[0].TeamNumber), ids, logger, cancellationToken);

    private async Task<T> FirstThatHasAsync<T>(MemoryId id, DirectorySnapshot directory, Func<IShardGrain, Task<T>> change)
    {
        var shards = ShardsFor(id, directory).ToArray();
        for (var i = 0; i < shards.Length - 1; i++)
        {
            try
            {
                return await shards[i].CallAsync(change);
            }
            catch (MemoryClusterException e) when (e.Fault == MemoryFault.NotFound)
            {
                // another shard of the team may have it
            }
        }

        return shards.Length > 0
            ? await shards[^1].CallAsync(change)
            : throw Missing.Memory(id);
    }

    private IEnumerable<IShardGrain> ShardsFor(MemoryId id, DirectorySnapshot directory) =>
        directory.FindTeam(id.TeamNumber) is { } team ? team.ShardsIn(Tenant).Select(GrainFactory.GetShard) : [];
}
