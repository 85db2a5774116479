using MemoryCluster.Grains.Hosting;
using MemoryCluster.Grains.Shards;
using MemoryCluster.Grains.Tenants;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace MemoryCluster.Grains.Controller;

/// <summary>Owns a team's policy.</summary>
internal sealed partial class ControllerGrain(
    [PersistentState("policy", GrainStorageNames.Control)] IPersistentState<TeamPolicy> stored,
    DirectoryCache directories,
    ILogger<ControllerGrain> logger)
    : Grain, IControllerGrain
{
    private TeamId _team;
    private TenantId _tenant;
    private TeamPolicy _policy = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_tenant, _team) = GrainKey.ParseTeam(this.GetPrimaryKeyString());
        _policy = stored.State;
        return Task.CompletedTask;
    }

    public Task<TeamPolicy> GetPolicyAsync(CancellationToken cancellationToken) => Task.FromResult(_policy);

    public async Task<TeamPolicy> SetPolicyAsync(TeamPolicy policy, CancellationToken cancellationToken)
    {
        TeamPolicyRules.Check(policy);
        var team = (await directories.GetAsync(_tenant, cancellationToken)).Require(_team);
        var next = policy with { Version = _policy.Version + 1 };
        await KeepAsync(next);
        // only now: GetPolicyAsync interleaves, and must not show what was not kept
        _policy = next;
        await Task.WhenAll(team.ShardsIn(_tenant).Select(shard => HandOverAsync(shard, next, cancellationToken)));
        return next;
    }

    private async Task KeepAsync(TeamPolicy policy)
    {
        stored.State = policy;
        try
        {
            await stored.WriteStateAsync();
        }
        catch (InconsistentStateException e)
        {
            DeactivateOnIdle();
            throw new MemoryClusterException(
                MemoryFault.Conflict, $"The policy of team '{_team}' was changed elsewhere at the same time. Read it again and repeat.", e);
        }
        catch (Exception e) when (e is not MemoryClusterException)
        {
            DeactivateOnIdle();
            throw new MemoryClusterException(
                MemoryFault.OutcomeUnknown, $"The policy of team '{_team}' may or may not have been kept. Read it to see.", e);
        }
    }

    private async Task HandOverAsync(ShardId shard, TeamPolicy policy, CancellationToken cancellationToken)
    {
        try
        {
            await GrainFactory.GetShard(shard).CallAsync(owner => owner.ApplyPolicyAsync(policy, cancellationToken));
        }
        catch (Exception e) when (e is MemoryClusterException or OrleansException or TimeoutException)
        {
            // deliberately no failure: the policy is kept, and the shard asks for it when it opens and at its next upkeep
            LogHandOverFailed(e, shard, policy.Version);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard} did not take policy version {Version} yet.")]
    private partial void LogHandOverFailed(Exception exception, ShardId shard, long version);
}
