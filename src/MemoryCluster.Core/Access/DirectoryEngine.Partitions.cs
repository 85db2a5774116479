using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Access;

public sealed partial class DirectoryEngine
{
    /// <summary>Begins to split a shard, or begins anew under a later owner; null where nothing is to be split now.</summary>
    public Task<PartitionSplit?> BeginSplitAsync(TeamId team, int partition, long epoch, CancellationToken cancellationToken) =>
        ChangeAsync(team, known => PartitionLayout.Begin(known, partition, epoch), (_, changed) => changed?.Split, cancellationToken);

    /// <summary>Ends a split that an earlier owner of a shard began; returns whether the shard serves its team.</summary>
    public Task<bool> AbandonSplitAsync(TeamId team, int partition, long epoch, CancellationToken cancellationToken) =>
        ChangeAsync(team, known => PartitionLayout.Abandon(known, partition, epoch), (known, _) => known.Serves(partition), cancellationToken);

    /// <summary>Lets the two shards of a split take over; true as well where the source serves no more already.</summary>
    public Task<bool> CompleteSplitAsync(TeamId team, PartitionSplit split, CancellationToken cancellationToken) =>
        ChangeAsync(
            team, known => PartitionLayout.Complete(known, split), (known, changed) => !(changed ?? known).Serves(split.Source), cancellationToken);

    /// <summary>Notes that the stores of retired shards are destroyed.</summary>
    public Task ForgetRetiredAsync(TeamId team, ImmutableArray<int> partitions, CancellationToken cancellationToken) =>
        ChangeAsync(
            team, known => known.Retired.Any(partitions.Contains) ? known with { Retired = [.. known.Retired.Except(partitions)] } : null, (_, _) => true,
            cancellationToken);

    private Task<T> ChangeAsync<T>(
        TeamId team, Func<TeamRecord, TeamRecord?> change, Func<TeamRecord, TeamRecord?, T> answer, CancellationToken cancellationToken) =>
        _writer.SubmitAsync<T>(
            batch =>
            {
                if (!batch.IsEmpty)
                {
                    return new Step<T>.Wait();
                }

                var known = RequireTeam(team);
                var changed = change(known);
                return changed is null
                    ? new Step<T>.Answer(answer(known, null))
                    : Put(batch, DirectoryState.Stored(changed), answer(known, changed));
            },
            cancellationToken);
}
