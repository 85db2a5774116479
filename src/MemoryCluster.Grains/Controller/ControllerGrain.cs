using MemoryCluster.Access;
using MemoryCluster.Controller;
using MemoryCluster.Grains.Embedders;
using MemoryCluster.Grains.Hosting;
using MemoryCluster.Grains.Shards;
using MemoryCluster.Grains.Tenants;
using MemoryCluster.Shards;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Grains.Controller;

/// <summary>The shell of <see cref="ControllerEngine"/>: carries its decisions to the team's shards until each has confirmed.</summary>
internal sealed partial class ControllerGrain(
    DirectoryCache directories,
    EmbedderCatalog embedders,
    IShardStores stores,
    TimeProvider clock,
    IRandomSource chance,
    ReplayerSet replayers,
    IOptions<UpkeepOptions> upkeep,
    IOptions<ReplayOptions> replaying,
    ILogger<ControllerGrain> logger,
    ISummaryWriter? writer = null)
    : EngineGrain, IControllerGrain, IDisposable
{
    // What shards are told at a time: a run has some ten candidates, so that one run's are told at once.
    private const int EffectsMax = 64;

    // Memories that an upkeep looks for, in a circle: of ten thousand runs all are looked for within a day.
    private const int MadeMax = 512;

    private TeamId _team;
    private TenantId _tenant;
    private ControllerEngine _engine = null!;
    private Random _random = null!;
    private Task _carrying = Task.CompletedTask;

    protected override bool HasFailed => _engine.HasFailed;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_tenant, _team) = GrainKey.ParseTeam(this.GetPrimaryKeyString());
        // before the store: opening one for a team that is not there would make it
        var team = (await directories.GetAsync(_tenant, cancellationToken)).Require(_team);
        var options = new ControllerEngineOptions
        {
            Tenant = _tenant, Team = _team, TeamNumber = team.Number, BuiltInReplayers = replayers.BuiltIn,
        };
        _random = chance.Next();
        _left = _leaving.Token;
        _engine = await ControllerEngine.OpenAsync(options, stores, clock, _random, cancellationToken);
        StartUpkeep(upkeep.Value.Period, _random);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Leave();
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
        }
    }

    public void Dispose() => _leaving.Dispose();

    public Task<TeamPolicy> GetPolicyAsync(CancellationToken cancellationToken) => Task.FromResult(_engine.Policy);

    public async Task<TeamPolicy> SetPolicyAsync(TeamPolicy policy, CancellationToken cancellationToken)
    {
        TeamPolicyRules.Check(policy);
        TeamPolicyRules.CheckModel(_engine.Policy, policy, writer);
        var team = (await directories.GetAsync(_tenant, cancellationToken)).Require(_team);
        var next = await WatchAsync(_engine.SetPolicyAsync(policy, cancellationToken));
        await Task.WhenAll(team.ShardsIn(_tenant).Select(shard => HandOverAsync(shard, next, cancellationToken)));
        return next;
    }

    public async Task<ControllerView> DescribeAsync(CancellationToken cancellationToken)
    {
        await WatchAsync(_engine.ConfirmCurrentAsync(cancellationToken).AsTask());
        return _engine.View;
    }

    public async Task<RunReport> SubmitRunAsync(RunDraft run, OperationId? operation, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(_tenant, cancellationToken);
        var id = await WatchAsync(_engine.SubmitRunAsync(run, directory, operation, cancellationToken));
        await CarryAsync();
        _ = StartReplaysAsync();
        var view = AccessView.Of(Operator(run.WrittenBy), directory);
        return await WatchAsync(_engine.GetRunAsync(id, view, cancellationToken))
            ?? throw new MemoryClusterException(MemoryFault.NotFound, $"Run {id} was erased while it was being kept.");
    }

    public async Task<RunReport?> GetRunAsync(RunId id, Caller caller, CancellationToken cancellationToken)
    {
        var view = AccessView.Of(caller, await directories.GetAsync(_tenant, cancellationToken));
        var report = await WatchAsync(_engine.GetRunAsync(id, view, cancellationToken));
        ImmutableArray<MemoryId> made = [.. report?.Decisions.Select(decision => decision.Memory).OfType<MemoryId>().Distinct() ?? []];
        if (report is null || !await EraseDeletedAsync(made, cancellationToken))
        {
            return report;
        }

        return await WatchAsync(_engine.GetRunAsync(id, view, cancellationToken));
    }

    public async Task<DecisionPage> ListDecisionsAsync(Caller caller, Guid? before, int limit, CancellationToken cancellationToken)
    {
        var view = AccessView.Of(caller, await directories.GetAsync(_tenant, cancellationToken));
        return await WatchAsync(_engine.ListDecisionsAsync(before, limit, view, cancellationToken));
    }

    public async Task<CertificateCheck?> CertifyAsync(MemoryId memory, CancellationToken cancellationToken) =>
        await WatchAsync(_engine.CertifyAsync(memory, cancellationToken)) ?? await CertifyCopyAsync(memory, cancellationToken);

    public async Task<ImmutableArray<RunId>> FindRunsAsync(ForgetCommand command, Caller caller, CancellationToken cancellationToken)
    {
        var view = AccessView.Of(caller, await directories.GetAsync(_tenant, cancellationToken));
        return await WatchAsync(_engine.FindRunsAsync(command, view, cancellationToken));
    }

    public async Task<int> ForgetRunsAsync(ForgetCommand command, Caller caller, CancellationToken cancellationToken)
    {
        var view = AccessView.Of(caller, await directories.GetAsync(_tenant, cancellationToken));
        var forgotten = await WatchAsync(_engine.ForgetAsync(command, view, cancellationToken));
        // What was on its way to a shard arrives before the caller goes on to erase it there.
        await _carrying;
        return forgotten;
    }

    public Task EraseSourcesAsync(ImmutableArray<MemoryId> deleted, CancellationToken cancellationToken) =>
        WatchAsync(_engine.EraseSourcesAsync(deleted, cancellationToken));

    protected override async Task MaintainAsync(CancellationToken cancellationToken)
    {
        await CarryAsync();
        _ = StartReplaysAsync();
        await EraseDeletedAsync(_engine.NextMade(MadeMax), cancellationToken);
        await TestCopiesAsync(cancellationToken);
        await LearnAsync(cancellationToken);
        await _engine.MaintainAsync();
    }

    // One round at a time, each taking what the rounds before have left; who finds one under way waits for it and then goes round itself.
    private async Task CarryAsync()
    {
        while (!_carrying.IsCompleted)
        {
            await _carrying;
        }

        _carrying = CarryPendingAsync();
        await _carrying;
    }

    private async Task CarryPendingAsync()
    {
        // Not the caller's token: what is decided is carried out, whether or not somebody still waits for it.
        var pending = _engine.PendingEffects(EffectsMax);
        while (!pending.IsEmpty)
        {
            var done = await Task.WhenAll(pending.Select(CarryOutAsync));
            pending = done.All(isDone => isDone) ? _engine.PendingEffects(EffectsMax) : [];
        }
    }

    private async Task<bool> CarryOutAsync(ControllerEffect effect)
    {
        try
        {
            switch (effect)
            {
                case ControllerEffect.Remember remember:
                    await WatchAsync(_engine.ConfirmAsync(effect, await RememberAsync(remember), isGone: false, default));
                    break;
                case ControllerEffect.Settle settle:
                    await WatchAsync(_engine.ConfirmAsync(effect, null, isGone: !await SettleAsync(settle), default));
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(effect), effect, "A new effect needs to be carried out here.");
            }

            return true;
        }
        catch (Exception e) when (e is MemoryClusterException or OrleansException or TimeoutException)
        {
            // deliberately no failure: the decision is kept, and the next upkeep tells the shard again
            LogEffectFailed(e, effect.Decision);
            return false;
        }
    }

    private async Task<RememberResult> RememberAsync(ControllerEffect.Remember remember)
    {
        var directory = await directories.GetAsync(_tenant, default);
        var vector = await GrainFactory.GetEmbedder(embedders.ModelFor(directory)).EmbedAsync(remember.Draft.Text, default);
        var command = new RememberCommand(remember.Agent, remember.Draft with { Embedding = vector }, remember.Operation);
        return await GrainFactory.RememberAsync(directories, _tenant, directory.Require(_team), command, default);
    }

    private async Task<bool> SettleAsync(ControllerEffect.Settle settle)
    {
        var settled = await AskShardsAsync(shard => shard.SettleAsync(settle.Memory, settle.Grant, settle.Operation, default), default);
        return settled.Any(isHere => isHere);
    }

    // A deletion whose news did not arrive, for a crash came between, is seen here: what is gone is not shown.
    private async Task<bool> EraseDeletedAsync(ImmutableArray<MemoryId> made, CancellationToken cancellationToken)
    {
        if (made.IsEmpty)
        {
            return false;
        }

        var found = await FindAsync(made, cancellationToken);
        ImmutableArray<MemoryId> gone = [.. made.Except(found.Select(use => use.Memory))];
        if (gone.IsEmpty)
        {
            return false;
        }

        await EraseSourcesAsync(gone, cancellationToken);
        return true;
    }

    private async Task LearnAsync(CancellationToken cancellationToken)
    {
        if (_engine.NextToLearn() is { } memories)
        {
            var uses = await FindAsync(memories, cancellationToken);
            await _engine.LearnAsync(uses.ToDictionary(use => use.Memory, use => use.Uses), cancellationToken);
        }
    }

    private async Task<MemoryUse[]> FindAsync(ImmutableArray<MemoryId> memories, CancellationToken cancellationToken)
    {
        var found = await AskShardsAsync(shard => shard.FindAsync(memories, cancellationToken), cancellationToken);
        return [.. found.SelectMany(uses => uses)];
    }

    private async Task<T[]> AskShardsAsync<T>(Func<IShardGrain, Task<T>> ask, CancellationToken cancellationToken) => await GrainFactory.AskShardsAsync(
        directories, _tenant, (await directories.GetAsync(_tenant, cancellationToken)).Require(_team), ask, cancellationToken);

    private Caller Operator(KeyId key) => new() { Tenant = _tenant, Key = key };

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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Decision {Decision} did not reach its shard yet.")]
    private partial void LogEffectFailed(Exception exception, Guid decision);
}
