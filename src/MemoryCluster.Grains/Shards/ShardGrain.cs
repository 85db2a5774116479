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
    ILogger<ShardGrain> logger,
    OpenShards open,
    ISummaryWriter? writer = null)
    : EngineGrain, IShardGrain
{
    private ShardId _shard;
    private ShardEngine _engine = null!;
    private Random _random = null!;
    private IGrainTimer? _embedding;

    protected override bool HasFailed => _engine.HasFailed;

    private IControllerGrain Controller => GrainFactory.GetGrain<IControllerGrain>(GrainKey.Of(_shard.Tenant, _shard.Team));

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _shard = GrainKey.ParseShard(this.GetPrimaryKeyString());
        var directory = await directories.GetAsync(_shard.Tenant, cancellationToken);
        // before the store: opening one for a team that is not there would make it
        var team = directory.Require(_shard.Team);
        var opening = new ShardEngineOptions
        {
            Shard = _shard,
            TeamNumber = team.Number,
            Model = embedders.ModelFor(directory),
            Policy = await ReadPolicyAsync(cancellationToken),
        };
        _random = chance.Next();
        _engine = await ShardEngine.OpenAsync(opening, stores, clock, _random, cancellationToken);
        open.Add(_engine);
        _wordsLeft = wording.Value.CallsPerUpkeep;
        StartUpkeep(upkeep.Value.Period, _random);
        EnsureEmbedding();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_engine is not null)
        {
            open.Remove(_engine);
            await _engine.DisposeAsync();
        }
    }

    public Task<RememberResult> RememberAsync(RememberCommand command, CancellationToken cancellationToken) =>
        WatchAsync(_engine.RememberAsync(command, cancellationToken));

    public Task<ImmutableArray<RememberOutcome>> RememberManyAsync(
        ImmutableArray<RememberCommand> commands, CancellationToken cancellationToken) =>
        WatchAsync(_engine.RememberManyAsync(commands, cancellationToken));

    public Task<MemoryRecord?> GetAsync(MemoryId id, Caller caller, long directoryVersion, CancellationToken cancellationToken) =>
        SeeingAsync(caller, directoryVersion, view => _engine.GetAsync(id, view, cancellationToken), cancellationToken);

    public Task<MemoryRecord> PatchAsync(PatchCommand command, Caller caller, long directoryVersion, CancellationToken cancellationToken) =>
        SeeingAsync(caller, directoryVersion, view => _engine.PatchAsync(command, view, cancellationToken), cancellationToken);

    public Task<DeletionReceipt> DeleteAsync(DeleteCommand command, Caller caller, long directoryVersion, CancellationToken cancellationToken) =>
        SeeingAsync(caller, directoryVersion, view => _engine.DeleteAsync(command, view, cancellationToken), cancellationToken);

    public Task<DeletionReceipt> ForgetAsync(ForgetCommand command, Caller caller, long directoryVersion, CancellationToken cancellationToken) =>
        SeeingAsync(caller, directoryVersion, view => _engine.ForgetAsync(command, view, cancellationToken), cancellationToken);

    public Task<MemoryPage> ListAsync(MemoryListQuery query, Caller caller, long directoryVersion, CancellationToken cancellationToken) =>
        SeeingAsync(caller, directoryVersion, view => _engine.ListAsync(query, view, cancellationToken), cancellationToken);

    public async Task<TimelinePage> ReadTimelineAsync(TimelineQuery query, Caller caller, long directoryVersion, CancellationToken cancellationToken)
    {
        var page = await SeeingAsync(caller, directoryVersion, view => _engine.ReadTimelineAsync(query, view, cancellationToken), cancellationToken);
        EnsureWording();
        return page;
    }

    public Task<ShardAnswer> SearchAsync(ShardQuery query, CancellationToken cancellationToken) =>
        SeeingAsync(query.Query.Caller, query.DirectoryVersion, view => _engine.SearchAsync(query, view, cancellationToken), cancellationToken);

    public Task NoteRecallAsync(RecallNote note, CancellationToken cancellationToken)
    {
        _engine.NoteRecall(note);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<MemoryId>?> FindHitsAsync(RecallId recall, KeyId key, CancellationToken cancellationToken) =>
        Task.FromResult(_engine.FindHits(recall, key));

    public Task<ImmutableArray<MemoryCredit>?> RecordOutcomeAsync(RecallOutcome outcome, KeyId key, CancellationToken cancellationToken) =>
        WatchAsync(_engine.RecordOutcomeAsync(outcome, key, cancellationToken));

    public Task CreditAsync(RecallId recall, ImmutableArray<MemoryCredit> credits, CancellationToken cancellationToken) =>
        WatchAsync(_engine.CreditAsync(recall, credits, cancellationToken));

    public Task<bool> SettleAsync(MemoryId memory, AdmissionGrant grant, OperationId operation, CancellationToken cancellationToken) =>
        WatchAsync(_engine.SettleAsync(memory, grant, operation, cancellationToken));

    public Task CloseRunsAsync(ImmutableArray<RunId> runs, CancellationToken cancellationToken) =>
        WatchAsync(_engine.CloseRunsAsync(runs, cancellationToken));

    public Task<ImmutableArray<MemoryUse>> FindAsync(ImmutableArray<MemoryId> memories, CancellationToken cancellationToken) =>
        WatchAsync(_engine.FindAsync(memories, cancellationToken));

    public Task ApplyPolicyAsync(TeamPolicy policy, CancellationToken cancellationToken)
    {
        _engine.Apply(policy);
        return Task.CompletedTask;
    }

    public async Task<ShardStatistics> GetStatisticsAsync(long directoryVersion, CancellationToken cancellationToken)
    {
        // who has just chosen a model and asks how far the team is should see it begin
        Use(await directories.GetAtLeastAsync(_shard.Tenant, directoryVersion, cancellationToken));
        return await WatchAsync(_engine.GetStatisticsAsync(cancellationToken));
    }

    public Task<ImmutableArray<MemoryId>> FindDerivedAsync(MemoryId source, int max, CancellationToken cancellationToken) =>
        WatchAsync(_engine.FindDerivedAsync(source, max, cancellationToken));

    public Task<ImmutableArray<MemoryRecord>> ListOfferedAsync(int max, CancellationToken cancellationToken) =>
        WatchAsync(_engine.ListOfferedAsync(max, cancellationToken));

    public Task<ImmutableArray<MemoryRecord>> ListCopiesAsync(int max, CancellationToken cancellationToken) =>
        WatchAsync(_engine.ListCopiesAsync(max, cancellationToken));

    public Task<ImmutableArray<MemoryRecord>> ListCopiesAfterAsync(MemoryId after, int max, CancellationToken cancellationToken) =>
        WatchAsync(_engine.ListCopiesAfterAsync(after, max, cancellationToken));

    public Task<ImmutableArray<MemoryRecord>> FindRecordsAsync(ImmutableArray<MemoryId> ids, CancellationToken cancellationToken) =>
        WatchAsync(_engine.FindRecordsAsync(ids, cancellationToken));

    public Task<Nearness> GetNearnessAsync(Embedding vector, CancellationToken cancellationToken) =>
        WatchAsync(_engine.GetNearnessAsync(vector, cancellationToken));

    public Task<DiffusionAnswer> OfferAsync(DiffusionOffer offer, CancellationToken cancellationToken) =>
        WatchAsync(_engine.OfferAsync(offer, cancellationToken));

    public Task WithdrawAsync(MemoryId copy, CancellationToken cancellationToken) => WatchAsync(_engine.WithdrawAsync(copy, cancellationToken));

    public async Task<ConsolidationReport> ConsolidateAsync(int max, CancellationToken cancellationToken)
    {
        var report = await WatchAsync(_engine.ConsolidateAsync(max, EmbedAsync, cancellationToken));
        EnsureWording();
        return report;
    }

    public Task<ConsolidationPage> ListConsolidationsAsync(ConsolidationPlace? before, int limit, CancellationToken cancellationToken) =>
        WatchAsync(_engine.ListConsolidationsAsync(before, limit, cancellationToken));

    public Task<ConsolidationStep?> UndoConsolidationAsync(ConsolidationId id, CancellationToken cancellationToken) =>
        WatchAsync(_engine.UndoAsync(id, cancellationToken));

    protected override async Task MaintainAsync(CancellationToken cancellationToken)
    {
        // a policy whose hand-over failed arrives here
        _engine.Apply(await ReadPolicyAsync(cancellationToken));
        // and a choice of embedder arrives here too where nobody asks this shard
        var directory = await directories.GetAsync(_shard.Tenant, cancellationToken);
        Use(directory);
        await _engine.ConsolidateAsync(upkeep.Value.Consolidated, EmbedAsync, cancellationToken);
        await _engine.FadeAsync(upkeep.Value.Weighed, 1.0 / directory.Require(_shard.Team).Partitions, cancellationToken);
        await _engine.MaintainAsync();
        _wordsLeft = wording.Value.CallsPerUpkeep;
        EnsureWording();
        if (_shard.Partition == 0 && directory.Require(_shard.Team).Sharing)
        {
            // last: it speaks with other teams, and what this shard must do does not wait for them
            await GrainFactory.GetGrain<IDiffusionGrain>(GrainKey.Of(_shard.Tenant, _shard.Team)).RunAsync(_engine.Policy.Diffusion.Automatic, cancellationToken);
        }
    }

    private void Use(DirectorySnapshot directory)
    {
        _engine.Use(embedders.ModelFor(directory));
        EnsureEmbedding();
    }

    private Task<Embedding> EmbedAsync(string text, CancellationToken cancellationToken) =>
        GrainFactory.GetEmbedder(_engine.Model).EmbedAsync(text, cancellationToken);

    private void EnsureEmbedding()
    {
        if (_embedding is null && _engine.Unembedded > 0)
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
            var texts = _engine.NextToEmbed(upkeep.Value.EmbedTexts);
            if (!texts.IsEmpty)
            {
                var embedder = GrainFactory.GetEmbedder(_engine.Model);
                var vectors = await embedder.EmbedManyAsync([.. texts.Select(text => text.Text)], cancellationToken);
                await WatchAsync(_engine.EmbedAsync(texts, vectors, cancellationToken));
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
