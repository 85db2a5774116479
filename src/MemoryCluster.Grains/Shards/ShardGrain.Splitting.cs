using MemoryCluster.Grains.Tenants;
using MemoryCluster.Shards;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.Grains.Shards;

/// <summary>Splits a shard that has outgrown its size in two, and takes over from one that was split.</summary>
internal sealed partial class ShardGrain
{
    // The directory is asked again where it did not answer: until it has, nobody can be served here.
    private const int CompletingTries = 3;

    private long _seqAtUpkeep;
    private long _upkeepAt;

    private ITenantGrain Tenant => GrainFactory.GetGrain<ITenantGrain>(GrainKey.Of(_shard.Tenant));

    public async Task<long> AdoptAsync(PartitionTransfer transfer, CancellationToken cancellationToken)
    {
        // A sender that was replaced meanwhile, or a message from before, must not change what has begun to serve.
        var team = (await directories.GetAsync(_shard.Tenant, cancellationToken)).Require(_shard.Team);
        if (_engineOrNone is not { } engine || team.Split?.Epoch != transfer.Epoch || !IsReceiving(team))
        {
            throw new MemoryClusterException(
                MemoryFault.Conflict, $"Part {transfer.Number} of a split was refused: shard {_shard} takes over in no split of epoch {transfer.Epoch}.",
                code: "transfer_refused");
        }

        return await WatchAsync(engine.AdoptAsync(transfer, cancellationToken));
    }

    public Task<ImmutableArray<RememberClaim>> ClaimAsync(ImmutableArray<RememberCommand> commands, CancellationToken cancellationToken) =>
        ServingAsync(() => Engine.ClaimAsync(commands, cancellationToken), cancellationToken);

    private bool IsReceiving(TeamRecord team) => team.Split is { } split && (split.Lower == _shard.Partition || split.Upper == _shard.Partition);

    private void Begin()
    {
        _isServing = true;
        (_seqAtUpkeep, _upkeepAt) = (Engine.Seq, clock.GetTimestamp());
        _wordsLeft = wording.Value.CallsPerUpkeep;
        StartUpkeep(upkeep.Value.Period, _random);
        EnsureEmbedding();
    }

    // Whoever asks knows of the directory's decision; this shard learns of it by being asked.
    private async ValueTask RequireServingAsync(CancellationToken cancellationToken)
    {
        if (_isServing && !HasFailed)
        {
            return;
        }

        if (_engineOrNone is { HasFailed: false } engine
            && (await directories.GetAsync(_shard.Tenant, cancellationToken)).Require(_shard.Team).Serves(_shard.Partition))
        {
            if (!_isServing)
            {
                engine.BeginServing();
                Begin();
            }

            return;
        }

        if (_engineOrNone is null)
        {
            DeactivateOnIdle();
            throw PartitionFaults.OfSplit(_shard);
        }

        if (!_isServing)
        {
            throw PartitionFaults.OfSplit(_shard);
        }

        // it has failed, and says itself why
    }

    private async Task<T> ServingAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await RequireServingAsync(cancellationToken);
        return await WatchAsync(work());
    }

    private async Task ServingAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await RequireServingAsync(cancellationToken);
        await WatchAsync(work());
    }

    private async Task SplitIfOutgrownAsync(TeamRecord team, CancellationToken cancellationToken)
    {
        var seconds = clock.GetElapsedTime(_upkeepAt).TotalSeconds;
        var rate = seconds > 0 ? (Engine.Seq - _seqAtUpkeep) / seconds : 0;
        (_seqAtUpkeep, _upkeepAt) = (Engine.Seq, clock.GetTimestamp());
        if (!partitions.Value.IsOutgrown(Engine.Count, rate)
            || await Tenant.BeginSplitAsync(_shard.Team, _shard.Partition, Engine.Epoch, cancellationToken) is not { } split)
        {
            return;
        }

        // After it was begun: a later owner that opened the store before cannot know of it, and then this one learns of that owner here.
        await Engine.ConfirmCurrentAsync(cancellationToken);
        try
        {
            var began = clock.GetTimestamp();
            if (await Engine.SplitAsync(_shard, split, SendAsync, () => CompleteAsync(split), cancellationToken))
            {
                var elapsed = clock.GetElapsedTime(began);
                LogSplit(_shard, Engine.Count, split.Lower, split.Upper, elapsed);
            }
        }
        catch (Exception e) when (e is MemoryClusterException or OrleansException or TimeoutException)
        {
            // deliberately no failure: it goes on as it was, and the next upkeep begins anew
            LogNotSplit(e, _shard);
        }
    }

    private Task<long> SendAsync(int partition, PartitionTransfer transfer) =>
        GrainFactory.GetShard(_shard with { Partition = partition }).AdoptAsync(transfer, default);

    private async Task<bool> CompleteAsync(PartitionSplit split)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await Tenant.CompleteSplitAsync(_shard.Team, split, default);
            }
            catch (Exception e) when (tries < CompletingTries && e is MemoryClusterException or OrleansException or TimeoutException)
            {
                // it may have been completed: asking again tells, and completes it where it was not
            }
        }
    }

    // Their memories live on in other shards; what is left here must not outlive a deletion there.
    private async Task DestroyRetiredAsync(TeamRecord team, CancellationToken cancellationToken)
    {
        if (team.Retired.IsEmpty)
        {
            return;
        }

        foreach (var partition in team.Retired)
        {
            await stores.DestroyAsync(StoreId.For(_shard with { Partition = partition }), cancellationToken);
        }

        await Tenant.ForgetRetiredAsync(_shard.Team, team.Retired, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Shard {Shard} of {Memories} memories became {Lower} and {Upper} in {Elapsed}.")]
    private partial void LogSplit(ShardId shard, int memories, int lower, int upper, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard} has outgrown its size and was not split yet.")]
    private partial void LogNotSplit(Exception exception, ShardId shard);
}
