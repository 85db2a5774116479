using MemoryCluster.Access;
using MemoryCluster.Grains.Embedders;
using MemoryCluster.Grains.Hosting;
using MemoryCluster.Grains.Tenants;
using MemoryCluster.Shards;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Grains.Shards;

/// <summary>The shell of <see cref="ShardEngine"/>: identity, access edges, upkeep.</summary>
internal sealed partial class ShardGrain(
    DirectoryCache directories,
    EmbedderCatalog embedders,
    IShardStores stores,
    TimeProvider clock,
    IRandomSource chance,
    IOptions<UpkeepOptions> upkeep,
    IOptions<SummaryOptions> wording,
    IOptions<PartitionOptions> partitions,
    ILogger<ShardGrain> logger,
    OpenShards open,
    ISummaryWriter? writer = null)
    : EngineGrain, IShardGrain
{
    private ShardId _shard;
    private ShardEngine? _engineOrNone;
    private bool _isServing;
    private Random _random = null!;
    private IGrainTimer? _embedding;

    // Null in a shard that is no part of its team: what was asked of it is refused before.
    private ShardEngine Engine => _engineOrNone!;

    protected override bool HasFailed => _engineOrNone?.HasFailed != false;

    private IControllerGrain Controller => GrainFactory.GetGrain<IControllerGrain>(GrainKey.Of(_shard.Tenant, _shard.Team));

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _shard = GrainKey.ParseShard(this.GetPrimaryKeyString());
        var directory = await directories.GetAsync(_shard.Tenant, cancellationToken);
        // before the store: opening one for a team that is not there would make it
        var team = directory.Require(_shard.Team);
        _isServing = team.Serves(_shard.Partition);
        if (!_isServing && !IsReceiving(team))
        {
            // it was split, or an attempt to split another one came to nothing: neither store is opened again
            return;
        }

        var opening = new ShardEngineOptions
        {
            Shard = _shard,
            TeamNumber = team.Number,
            Model = embedders.ModelFor(directory),
            Policy = await ReadPolicyAsync(cancellationToken),
        };
        _random = chance.Next();
        _engineOrNone = await ShardEngine.OpenAsync(opening, stores, clock, _random, cancellationToken);
        open.Add(Engine);
        if (_isServing)
        {
            await RequireStillServingAsync(cancellationToken);
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_engineOrNone is { } engine)
        {
            open.Remove(engine);
            await engine.DisposeAsync();
        }
    }

    // Asked only now: a split that an owner before this one began could have been completed meanwhile, and from here on cannot.
    private async Task RequireStillServingAsync(CancellationToken cancellationToken)
    {
        try
        {
            _isServing = await Tenant.AbandonSplitAsync(_shard.Team, _shard.Partition, Engine.Epoch, cancellationToken);
        }
        catch
        {
            await EndAsync();
            throw;
        }

        if (_isServing)
        {
            Begin();
        }
        else
        {
            await EndAsync();
        }
    }

    private async Task EndAsync()
    {
        if (_engineOrNone is { } engine)
        {
            (_engineOrNone, _isServing) = (null, false);
            open.Remove(engine);
            await engine.DisposeAsync();
        }
    }

    public Task<RememberResult> RememberAsync(RememberCommand command, CancellationToken cancellationToken) =>
        ServingAsync(() => Engine.RememberAsync(command, cancellationToken), cancellationToken);

    public Task<ImmutableArray<RememberOutcome>> RememberManyAsync(
        ImmutableArray<RememberCommand> commands, CancellationToken cancellationToken) =>
        ServingAsync(() => Engine.RememberManyAsync(commands, cancellationToken), cancellationToken);

    public Task<MemoryRecord?> GetAsync(MemoryId id, Caller caller, long directoryVersion, CancellationToken cancellationToken) =>
        SeeingAsync(caller, directoryVersion, view => Engine.GetAsync(id, view, cancellationToken), cancellationToken);

    public Task<MemoryRecord> PatchAsync(PatchCommand command, Caller caller, long directoryVersion, CancellationToken cancellationToken) =>
        SeeingAsync(caller, directoryVersion, view => Engine.PatchAsync(command, view, cancellationToken), cancellationToken);

    public Task<DeletionReceipt> DeleteAsync(DeleteCommand command, Caller caller, long directoryVersion, CancellationToken cancellationToken) =>
        SeeingAsync(caller, directoryVersion, view => Engine.DeleteAsync(command, view, cancellationToken), cancellationToken);

    public Task<DeletionReceipt> ForgetAsync(ForgetCommand command, Caller caller, long directoryVersion, CancellationToken cancellationToken) =>
        SeeingAsync(caller, directoryVersion, view => Engine.ForgetAsync(command, view, cancellationToken), cancellationToken);

    public Task<MemoryPage> ListAsync(MemoryListQuery query, Caller caller, long directoryVersion, CancellationToken cancellationToken) =>
        SeeingAsync(caller, directoryVersion, view => Engine.ListAsync(query, view, cancellationToken), cancellationToken);

    public async Task<TimelinePage> ReadTimelineAsync(TimelineQuery query, Caller caller, long directoryVersion, CancellationToken cancellationToken)
    {
        var page = await SeeingAsync(caller, directoryVersion, view => Engine.ReadTimelineAsync(query, view, cancellationToken), cancellationToken);
        EnsureWording();
        return page;
    }

    public Task<ShardAnswer> SearchAsync(ShardQuery query, CancellationToken cancellationToken) =>
        SeeingAsync(query.Query.Caller, query.DirectoryVersion, view => Engine.SearchAsync(query, view, cancellationToken), cancellationToken);

    public async Task NoteRecallAsync(RecallNote note, CancellationToken cancellationToken)
    {
        await RequireServingAsync(cancellationToken);
        Engine.NoteRecall(note);
    }

    public async Task<ImmutableArray<MemoryId>?> FindHitsAsync(RecallId recall, KeyId key, CancellationToken cancellationToken)
    {
        await RequireServingAsync(cancellationToken);
        return Engine.FindHits(recall, key);
    }

    public Task<ImmutableArray<MemoryCredit>?> RecordOutcomeAsync(RecallOutcome outcome, KeyId key, CancellationToken cancellationToken) =>
        ServingAsync(() => Engine.RecordOutcomeAsync(outcome, key, cancellationToken), cancellationToken);

    public Task CreditAsync(RecallId recall, ImmutableArray<MemoryCredit> credits, CancellationToken cancellationToken) =>
        ServingAsync(() => Engine.CreditAsync(recall, credits, cancellationToken), cancellationToken);

    public Task<bool> SettleAsync(MemoryId memory, AdmissionGrant grant, OperationId operation, CancellationToken cancellationToken) =>
        ServingAsync(() => Engine.SettleAsync(memory, grant, operation, cancellationToken), cancellationToken);

    public Task CloseRunsAsync(ImmutableArray<RunId> runs, CancellationToken cancellationToken) =>
        ServingAsync(() => Engine.CloseRunsAsync(runs, cancellationToken), cancellationToken);

    public Task<ImmutableArray<MemoryUse>> FindAsync(ImmutableArray<MemoryId> memories, CancellationToken cancellationToken) =>
        ServingAsync(() => Engine.FindAsync(memories, cancellationToken), cancellationToken);

    public Task ApplyPolicyAsync(TeamPolicy policy, CancellationToken cancellationToken)
    {
        _engineOrNone?.Apply(policy);
        return Task.CompletedTask;
    }

    public async Task<ShardStatistics> GetStatisticsAsync(long directoryVersion, CancellationToken cancellationToken)
    {
        await RequireServingAsync(cancellationToken);
        // who has just chosen a model and asks how far the team is should see it begin
        Use(await directories.GetAtLeastAsync(_shard.Tenant, directoryVersion, cancellationToken));
        return await ServingAsync(() => Engine.GetStatisticsAsync(cancellationToken), cancellationToken);
    }

    public Task<ImmutableArray<MemoryId>> FindDerivedAsync(MemoryId source, int max, CancellationToken cancellationToken) =>
        ServingAsync(() => Engine.FindDerivedAsync(source, max, cancellationToken), cancellationToken);

    public Task<ImmutableArray<MemoryRecord>> ListOfferedAsync(int max, CancellationToken cancellationToken) =>
        ServingAsync(() => Engine.ListOfferedAsync(max, cancellationToken), cancellationToken);

    public Task<ImmutableArray<MemoryRecord>> ListCopiesAsync(int max, CancellationToken cancellationToken) =>
        ServingAsync(() => Engine.ListCopiesAsync(max, cancellationToken), cancellationToken);

    public Task<ImmutableArray<MemoryRecord>> ListCopiesAfterAsync(MemoryId after, int max, CancellationToken cancellationToken) =>
        ServingAsync(() => Engine.ListCopiesAfterAsync(after, max, cancellationToken), cancellationToken);

    public Task<ImmutableArray<MemoryRecord>> FindRecordsAsync(ImmutableArray<MemoryId> ids, CancellationToken cancellationToken) =>
        ServingAsync(() => Engine.FindRecordsAsync(ids, cancellationToken), cancellationToken);

    public Task<Nearness> GetNearnessAsync(Embedding vector, CancellationToken cancellationToken) =>
        ServingAsync(() => Engine.GetNearnessAsync(vector, cancellationToken), cancellationToken);

    public Task<DiffusionAnswer> OfferAsync(DiffusionOffer offer, CancellationToken cancellationToken) =>
        ServingAsync(() => Engine.OfferAsync(offer, cancellationToken), cancellationToken);

    public Task WithdrawAsync(MemoryId copy, CancellationToken cancellationToken) => ServingAsync(() => Engine.WithdrawAsync(copy, cancellationToken), cancellationToken);

    public async Task<ConsolidationReport> ConsolidateAsync(int max, CancellationToken cancellationToken)
    {
        var report = await ServingAsync(() => Engine.ConsolidateAsync(max, EmbedAsync, cancellationToken), cancellationToken);
        EnsureWording();
        return report;
    }

    public Task<ConsolidationPage> ListConsolidationsAsync(ConsolidationPlace? before, int limit, CancellationToken cancellationToken) =>
        ServingAsync(() => Engine.ListConsolidationsAsync(before, limit, cancellationToken), cancellationToken);

    public Task<ConsolidationStep?> UndoConsolidationAsync(ConsolidationId id, CancellationToken cancellationToken) =>
        ServingAsync(() => Engine.UndoAsync(id, cancellationToken), cancellationToken);

    protected override async Task MaintainAsync(CancellationToken cancellationToken)
    {
        // a policy whose hand-over failed arrives here
        Engine.Apply(await ReadPolicyAsync(cancellationToken));
        // and a choice of embedder arrives here too where nobody asks this shard
        var directory = await directories.GetAsync(_shard.Tenant, cancellationToken);
        Use(directory);
        await Engine.ConsolidateAsync(upkeep.Value.Consolidated, EmbedAsync, cancellationToken);
        await Engine.FadeAsync(upkeep.Value.Weighed, 1.0 / directory.Require(_shard.Team).Ranges.Length, cancellationToken);
        await Engine.MaintainAsync();
        _wordsLeft = wording.Value.CallsPerUpkeep;
        EnsureWording();
        var team = directory.Require(_shard.Team);
        if (team.Ranges[0].Partition == _shard.Partition)
        {
            await DestroyRetiredAsync(team, cancellationToken);
        }

        await SplitIfOutgrownAsync(team, cancellationToken);
        if (team.Ranges[0].Partition == _shard.Partition && team.Sharing)
        {
            // last: it speaks with other teams, and what this shard must do does not wait for them
            await GrainFactory.GetGrain<IDiffusionGrain>(GrainKey.Of(_shard.Tenant, _shard.Team)).RunAsync(Engine.Policy.Diffusion.Automatic, cancellationToken);
        }
    }

    private void Use(DirectorySnapshot directory)
    {
        Engine.Use(embedders.ModelFor(directory));
        EnsureEmbedding();
    }

    private Task<Embedding> EmbedAsync(string text, CancellationToken cancellationToken) =>
        GrainFactory.GetEmbedder(Engine.Model).EmbedAsync(text, cancellationToken);

    private void EnsureEmbedding()
    {
        if (_embedding is null && Engine.Unembedded > 0)
        {
            var pause = upkeep.Value.EmbedPause;
            _embedding = this.RegisterGrainTimer(EmbedSomeAsync, new GrainTimerCreationOptions(pause, pause) { Interleave = true });
        }
    }

    // Ends with the last text, and at a fault too: the next upkeep begins again.
    private async Task EmbedSomeAsync(CancellationToken cancellationToken)
    {
        var isDone = true;
        try
        {
            var texts = Engine.NextToEmbed(upkeep.Value.EmbedTexts);
            if (!texts.IsEmpty)
            {
                var embedder = GrainFactory.GetEmbedder(Engine.Model);
                var vectors = await embedder.EmbedManyAsync([.. texts.Select(text => text.Text)], cancellationToken);
                await WatchAsync(Engine.EmbedAsync(texts, vectors, cancellationToken));
                isDone = false;
            }
        }
        finally
        {
            if (isDone)
            {
                _embedding?.Dispose();
                _embedding = null;
            }
        }
    }

    // What the caller may see is settled by a directory at least as new as the request.
    private async Task<T> SeeingAsync<T>(
        Caller caller, long directoryVersion, Func<AccessView, Task<T>> call, CancellationToken cancellationToken)
    {
        await RequireServingAsync(cancellationToken);
        var directory = await directories.GetAtLeastAsync(_shard.Tenant, directoryVersion, cancellationToken);
        Use(directory);
        return await WatchAsync(call(AccessView.Of(caller, directory)));
    }

    // A storage that fails while the controller comes to life throws whatever it likes: to our callers it is a store that cannot be reached.
    private async Task<TeamPolicy> ReadPolicyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Controller.GetPolicyAsync(cancellationToken);
        }
        catch (Exception e) when (e is not (MemoryClusterException or OrleansException or TimeoutException or OperationCanceledException))
        {
            throw new MemoryClusterException(
                MemoryFault.StoreUnavailable, $"The policy of team '{_shard.Team}' cannot be read: {e.Message} Nothing was done; ask again.", e);
        }
    }
}
