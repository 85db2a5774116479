using MemoryCluster.Grains.Embedders;
using MemoryCluster.Grains.Shards;
using MemoryCluster.Grains.Tenants;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Grains.Agents;

/// <summary>An agent's way in: registered, within its quota, embedded, and on to the shard of its scope.</summary>
internal sealed class AgentGrain(DirectoryCache directories, EmbedderCatalog embedders, TimeProvider clock, IOptions<AgentOptions> options)
    : Grain, IAgentGrain
{
    // One append of a shard holds this many at most, so that other writers of the shard wait for one such group and not for a whole batch.
    private const int GroupMax = 256;

    // A team's shards are split one after another, and each takes longer than a batch.
    private const int SplitsMax = 16;

    private readonly TokenBucket _quota = new(options.Value.WritesPerSecond, options.Value.Burst, clock);
    private TenantId _tenant;
    private TeamId _team;
    private AgentId _agent;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_tenant, _team, _agent) = GrainKey.ParseAgent(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public async Task<RememberResult> RememberAsync(MemoryDraft draft, OperationId? operation, CancellationToken cancellationToken)
    {
        var team = await AdmitAsync([draft], cancellationToken);
        var vector = draft.Embedding ?? await Embedder().EmbedAsync(draft.Text, cancellationToken);
        var command = new RememberCommand(_agent, draft with { Embedding = vector }, operation);
        return await GrainFactory.RememberAsync(directories, _tenant, team, command, cancellationToken);
    }

    public async Task<ImmutableArray<RememberOutcome>> RememberManyAsync(
        ImmutableArray<MemoryDraft> drafts, ImmutableArray<OperationId?> operations, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(operations.Length, drafts.Length);
        var team = await AdmitAsync(drafts, cancellationToken);
        var ready = await EmbedMissingAsync(drafts, cancellationToken);
        ImmutableArray<RememberCommand> commands = [.. ready.Select((draft, i) => new RememberCommand(_agent, draft, operations[i]))];
        var outcomes = new RememberOutcome[drafts.Length];
        var left = Enumerable.Range(0, drafts.Length).ToArray();
        for (var splits = 0; left.Length > 0; splits++)
        {
            ImmutableArray<RememberCommand> placed = [.. left.Select(i => commands[i])];
            if (await TryPlaceAsync(team, placed, mayFail: splits < SplitsMax, cancellationToken) is { } places)
            {
                await Task.WhenAll(left.Zip(places).GroupBy(pair => pair.Second, pair => pair.First).Select(
                    positions => RememberInOrderAsync(positions.Key, [.. positions])));
                // What was sent to a shard that had been split meanwhile was not done, and goes where it belongs now.
                left = splits < SplitsMax ? [.. left.Where(i => outcomes[i].Code == PartitionFaults.Split)] : [];
            }

            team = left.Length > 0 ? (await directories.GetAsync(_tenant, cancellationToken)).Require(_team) : team;
        }

        return [.. outcomes];

        async Task RememberInOrderAsync(ShardId id, int[] positions)
        {
            var shard = GrainFactory.GetShard(id);
            foreach (var group in positions.Chunk(GroupMax))
            {
                var decided = await RememberGroupAsync(shard, [.. group.Select(i => commands[i])], cancellationToken);
                for (var i = 0; i < group.Length; i++)
                {
                    outcomes[group[i]] = decided[i];
                }
            }
        }
    }

    public async Task<RunReport> SubmitRunAsync(RunDraft run, OperationId? operation, CancellationToken cancellationToken)
    {
        var team = (await directories.GetAsync(_tenant, cancellationToken)).Require(_team);
        team.Require(_agent);
        foreach (var step in run.Steps)
        {
            team.Require(step.Agent);
        }

        TakeQuota(run.Steps.Length);
        var controller = GrainFactory.GetGrain<IControllerGrain>(GrainKey.Of(_tenant, _team));
        return await controller.CallAsync(owner => owner.SubmitRunAsync(run, operation, cancellationToken));
    }

    private async Task<TeamRecord> AdmitAsync(ImmutableArray<MemoryDraft> drafts, CancellationToken cancellationToken)
    {
        var team = await FindTeamAsync(cancellationToken);
        TakeQuota(drafts.Length);
        if (!team.Sharing && drafts.Any(draft => draft.Visibility == Visibility.Shared))
        {
            // before the write: from then on other teams' recalls ask this team
            await directories.MarkSharingAsync(_tenant, _team, cancellationToken);
        }

        return team;
    }

    // Null where a shard was split before it could say what belongs to it.
    private async Task<ShardId[]?> TryPlaceAsync(
        TeamRecord team, ImmutableArray<RememberCommand> commands, bool mayFail, CancellationToken cancellationToken)
    {
        try
        {
            return await GrainFactory.PlacesOfAsync(directories, _tenant, team, commands, cancellationToken);
        }
        catch (MemoryClusterException e) when (mayFail && e.IsSplit())
        {
            return null;
        }
    }

    private void TakeQuota(int writes)
    {
        if (!_quota.TryTake(writes))
        {
            throw new MemoryClusterException(
                MemoryFault.QuotaExceeded,
                $"Agent '{_agent}' may write {options.Value.WritesPerSecond} memories per second, and {options.Value.Burst} at once; "
                + $"{writes} more are too many now. Try later.");
        }
    }

    // Teams and agents are never removed, so that what was once seen registered needs no second question.
    private async ValueTask<TeamRecord> FindTeamAsync(CancellationToken cancellationToken)
    {
        if (directories.Known(_tenant)?.Teams.GetValueOrDefault(_team) is { } known && known.Agents.ContainsKey(_agent))
        {
            return known;
        }

        var team = (await directories.GetAsync(_tenant, cancellationToken)).Require(_team);
        team.Require(_agent);
        return team;
    }

    private async Task<ImmutableArray<MemoryDraft>> EmbedMissingAsync(ImmutableArray<MemoryDraft> drafts, CancellationToken cancellationToken)
    {
        ImmutableArray<string> texts = [.. drafts.Where(draft => draft.Embedding is null).Select(draft => draft.Text)];
        if (texts.IsEmpty)
        {
            return drafts;
        }

        var vectors = await Embedder().EmbedManyAsync(texts, cancellationToken);
        var next = 0;
        return [.. drafts.Select(draft => draft.Embedding is null ? draft with { Embedding = vectors[next++] } : draft)];
    }

    // What is known is enough: a vector of the model before is moved with the others.
    private IEmbedderGrain Embedder() => GrainFactory.GetEmbedder(embedders.ModelFor(directories.Known(_tenant)));

    private static async Task<ImmutableArray<RememberOutcome>> RememberGroupAsync(
        IShardGrain shard, ImmutableArray<RememberCommand> commands, CancellationToken cancellationToken)
    {
        try
        {
            return await shard.CallAsync(owner => owner.RememberManyAsync(commands, cancellationToken));
        }
        catch (MemoryClusterException fault)
        {
            return [.. Enumerable.Repeat(RememberOutcome.Of(fault), commands.Length)];
        }
    }
}
