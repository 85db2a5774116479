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
        if (directory.FindTeam(id.TeamNumber) is not { } team)
        {
            return null;
        }

        var found = await GrainFactory.AskShardsAsync(
            directories, Tenant, team, shard => shard.GetAsync(id, caller, directory.Version, cancellationToken), cancellationToken);
        return found.FirstOrDefault(memory => memory is not null);
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

        var changed = await OfWhoeverHasItAsync(
            command.Id, directory, shard => shard.PatchAsync(command, caller, directory.Version, cancellationToken), cancellationToken);
        await RecheckAsync(directory, [command.Id], cancellationToken);
        return changed;
    }

    public async Task<DeletionReceipt> DeleteAsync(DeleteCommand command, Caller caller, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(Tenant, cancellationToken);
        var receipt = await OfWhoeverHasItAsync(
            command.Id, directory, shard => shard.DeleteAsync(command, caller, directory.Version, cancellationToken), cancellationToken);
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

    private async Task<T> OfWhoeverHasItAsync<T>(
        MemoryId id, DirectorySnapshot directory, Func<IShardGrain, Task<T>> change, CancellationToken cancellationToken)
    {
        if (directory.FindTeam(id.TeamNumber) is not { } team)
        {
            throw Missing.Memory(id);
        }

        var changed = await GrainFactory.AskShardsAsync(directories, Tenant, team, TryAsync, cancellationToken);
        return changed.FirstOrDefault(reply => reply.IsHere) is { IsHere: true } done ? done.Answer! : throw Missing.Memory(id);

        // One shard at most has it; the others have nothing to change.
        async Task<(bool IsHere, T? Answer)> TryAsync(IShardGrain shard)
        {
            try
            {
                return (true, await change(shard));
            }
            catch (MemoryClusterException e) when (e.Fault == MemoryFault.NotFound)
            {
                return (false, default);
            }
        }
    }
}
