using MemoryCluster.Access;
using MemoryCluster.Forgetting;
using MemoryCluster.Recall;
using MemoryCluster.Records;
using MemoryCluster.Shards.Snapshots;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Shards;

/// <summary>A shard without its grain: decides, appends, applies, and answers from what is applied.</summary>
/// <remarks>
/// Not thread-safe: one turn at a time; awaiting calls may interleave. The indexes may lag the log, the log never lags the indexes. Every
/// read confirms that no later owner has taken the store, so a stale owner refuses instead of answering with old content.
/// </remarks>
public sealed partial class ShardEngine : IAsyncDisposable
{
    private readonly IShardStore _store;
    private readonly TimeProvider _clock;
    private readonly TeamId _team;
    private readonly ShardState _state;
    private readonly OperationLedger _operations;
    private readonly RecallLedger _recalls;
    private readonly StoreWriter _writer;
    private readonly RememberWork _remember;
    private readonly ChangeWork _change;
    private readonly OutcomeWork _outcome;
    private readonly SettleWork _settle;
    private readonly ClosingWork _closing;
    private readonly EmbedWork _embed;
    private readonly ConsolidationWork _consolidation;
    private readonly PrecisionWork _precision;
    private readonly ForgettingWork _forgetting;
    private readonly InsightWork _insights;
    private readonly DiffusionWork _diffusion;
    private readonly SummaryWork _summaries;
    private readonly IndexUpkeep _indexes;
    private ImmutableDictionary<Decision, long> _decisions = ImmutableDictionary<Decision, long>.Empty;
    private TeamPolicy _policy;
    private long _outcomes;

    private ShardEngine(ShardEngineOptions options, IShardStore store, TimeProvider clock, Random random)
    {
        _store = store;
        _clock = clock;
        _team = options.Shard.Team;
        _policy = options.Policy;
        _state = new ShardState(options.Model);
        _state.Weights.Policy = options.Policy.Utility;
        _operations = new OperationLedger(clock);
        _recalls = new RecallLedger(clock);
        var vectors = new KeptVectors(store);
        _writer = new StoreWriter(store, clock, vectors);
        _remember = new RememberWork(_state, options.Shard, new MemoryIds(options.TeamNumber, random), _operations);
        _change = new ChangeWork(_state, _operations, vectors);
        _outcome = new OutcomeWork(_state, _operations);
        _settle = new SettleWork(_state, _operations);
        _closing = new ClosingWork(_state);
        _embed = new EmbedWork(_state);
        _consolidation = new ConsolidationWork(_state);
        _precision = new PrecisionWork(_state, store);
        _forgetting = new ForgettingWork(_state, _precision);
        _insights = new InsightWork(_state, options.Shard, new MemoryIds(options.TeamNumber, random));
        _diffusion = new DiffusionWork(_state, options.Shard, _operations, _change);
        _summaries = new SummaryWork(_state);
        _indexes = new IndexUpkeep(_state, store);
    }

    /// <summary>Whether this owner was fenced or lost track of what is durable: close it and open anew.</summary>
    public bool HasFailed => _writer.Failure is not null;

    /// <summary>Writes that wait for their turn; may be asked from any thread, for metrics.</summary>
    public int WritesWaiting => _writer.Waiting;

    /// <summary>The model that vectors are made by.</summary>
    public EmbedderModel Model => _state.Spaces.Model;

    /// <summary>How many memories wait for a vector of <see cref="Model"/>.</summary>
    public int Unembedded => _state.Unembedded;

    /// <summary>Takes the shard's store and loads it.</summary>
    public static async Task<ShardEngine> OpenAsync(
        ShardEngineOptions options, IShardStores stores, TimeProvider clock, Random random, CancellationToken cancellationToken)
    {
        var store = await stores.OpenAsync(StoreId.For(options.Shard), cancellationToken);
        var engine = new ShardEngine(options, store, clock, random);
        try
        {
            await engine.LoadAsync(cancellationToken);

            await foreach (var operation in store.ReadOperationsAsync(engine._operations.OldestKept, cancellationToken))
            {
                engine._outcome.Load(engine._operations.Load(operation));
            }

            return engine;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public async Task<RememberResult> RememberAsync(RememberCommand command, CancellationToken cancellationToken)
    {
        if (command.Operation is { } operation && _operations.Find(operation) is { } done)
        {
            await _writer.ConfirmCurrentAsync(cancellationToken);
            return Answered(done.Remembered);
        }

        var result = await _operations.RunAsync(
            command.Operation, () => _writer.SubmitAsync(batch => _remember.Decide(command, _policy, batch), cancellationToken));
        _decisions = _decisions.SetItem(result.Decision, _decisions.GetValueOrDefault(result.Decision) + 1);
        return result;
    }

    /// <summary>Decides several candidates in order; they share appends as far as they do not hang on one another.</summary>
    public async Task<ImmutableArray<RememberOutcome>> RememberManyAsync(
        ImmutableArray<RememberCommand> commands, CancellationToken cancellationToken)
    {
        // All are queued before the first is awaited: that is what lets them share an append.
        var pending = commands.Select(command => OutcomeOf(RememberAsync(command, cancellationToken))).ToArray();
        return [.. await Task.WhenAll(pending)];
    }

    public async Task<MemoryRecord?> GetAsync(MemoryId id, AccessView access, CancellationToken cancellationToken)
    {
        await _writer.ConfirmCurrentAsync(cancellationToken);
        return Visible(id, access) is { } memory ? memory with { Fading = FadingOf(memory) } : null;
    }

    public async Task<MemoryRecord> PatchAsync(PatchCommand command, AccessView access, CancellationToken cancellationToken)
    {
        if (command.Operation is { } operation && _operations.Find(operation) is { } done)
        {
            await _writer.ConfirmCurrentAsync(cancellationToken);
            return Visible(done.Patched ?? throw OtherOperation(), access) ?? throw Missing.Memory(command.Id);
        }

        return await _operations.RunAsync(
            command.Operation, () => _writer.SubmitAsync(batch => _change.Patch(command, access, batch), cancellationToken));
    }

    public Task<DeletionReceipt> DeleteAsync(DeleteCommand command, AccessView access, CancellationToken cancellationToken) =>
        EraseAsync(command.Operation, batch => _change.Delete(command, access, batch), cancellationToken);

    public Task<DeletionReceipt> ForgetAsync(ForgetCommand command, AccessView access, CancellationToken cancellationToken) =>
        EraseAsync(command.Operation, batch => _change.Forget(command, access, batch), cancellationToken);

    public async Task<MemoryPage> ListAsync(MemoryListQuery query, AccessView access, CancellationToken cancellationToken)
    {
        await _writer.ConfirmCurrentAsync(cancellationToken);
        var now = _clock.GetUtcNow();
        var found = _state.NewestFirst(query.Before)
            .Select(entry => entry.Record)
            .Where(memory => Matches(query, memory, now) && access.MaySee(memory) && (query.State is not null || !IsStoodFor(query, memory, access, now)))
            .Take(query.Limit + 1)
            .Select(memory => memory with { Revisions = [] })
            .ToImmutableArray();
        return found.Length > query.Limit ? new MemoryPage(found[..query.Limit], true) : new MemoryPage(found, false);
    }

    public async Task<ShardStatistics> GetStatisticsAsync(CancellationToken cancellationToken)
    {
        await _writer.ConfirmCurrentAsync(cancellationToken);
        return new ShardStatistics
        {
            Seq = _store.Seq,
            Memories = _state.Count,
            Candidates = _state.CountOf(MemoryState.Candidate),
            Quarantined = _state.CountOf(MemoryState.Quarantined),
            Decisions = _decisions,
            Outcomes = _outcomes,
            Embedder = _state.Spaces.Model,
            Unembedded = _state.Unembedded,
            Merged = _state.CountOf(MemoryState.Merged),
            Archived = _state.CountOf(MemoryState.Archived),
            SummariesWritten = _state.Written.Written,
            SummariesRefused = _state.Written.Refused,
        };
    }

    public async Task<ShardAnswer> SearchAsync(ShardQuery query, AccessView access, CancellationToken cancellationToken)
    {
        // Confirmed first, searched after: the search itself then runs in one turn, on one state.
        await _writer.ConfirmCurrentAsync(cancellationToken);
        return ShardSearch.Run(_state, query, access, _store.Seq, _clock.GetUtcNow());
    }

    public void NoteRecall(RecallNote note) => _recalls.Add(note);

    /// <summary>The hits of a recall noted here; null where it is unknown or another key's.</summary>
    public ImmutableArray<MemoryId>? FindHits(RecallId recall, KeyId key) => _recalls.Find(recall) is { } note && note.Key == key ? note.Hits : null;

    /// <summary>Counts an outcome; returns what falls to memories that other shards hold, or null where the recall is not known here.</summary>
    public async Task<ImmutableArray<MemoryCredit>?> RecordOutcomeAsync(RecallOutcome outcome, KeyId key, CancellationToken cancellationToken)
    {
        var note = _recalls.Find(outcome.Recall);
        if (note is null)
        {
            return _outcome.Settled(outcome.Recall);
        }

        if (note.Key != key)
        {
            return null;
        }

        OutcomeWork.RequireKnown(note, outcome.Used ?? note.Hits);
        var (isNew, elsewhere) = await _writer.SubmitAsync(batch => _outcome.Settle(note, outcome, _policy, batch), cancellationToken);
        _outcomes += isNew ? 1 : 0;
        return elsewhere;
    }

    /// <summary>Credits the memories of this shard, once per recall.</summary>
    public async Task CreditAsync(RecallId recall, ImmutableArray<MemoryCredit> credits, CancellationToken cancellationToken)
    {
        if (await _writer.SubmitAsync(batch => _outcome.Credit(recall, credits, _policy, batch), cancellationToken))
        {
            _outcomes++;
        }
    }

    /// <summary>Changes how a memory stands, once per operation; false where it is no more.</summary>
    public Task<bool> SettleAsync(MemoryId id, AdmissionGrant grant, OperationId operation, CancellationToken cancellationToken) =>
        _writer.SubmitAsync(batch => _settle.Settle(id, grant, operation, batch), cancellationToken);

    /// <summary>Lets nothing that these runs taught be remembered from now on.</summary>
    public Task CloseRunsAsync(ImmutableArray<RunId> runs, CancellationToken cancellationToken) =>
        _writer.SubmitAsync(batch => _closing.Close(runs, batch), cancellationToken);

    /// <summary>Which of these memories are here, and how often each was used.</summary>
    public async Task<ImmutableArray<MemoryUse>> FindAsync(ImmutableArray<MemoryId> memories, CancellationToken cancellationToken)
    {
        await _writer.ConfirmCurrentAsync(cancellationToken);
        return [.. memories.Select(_state.Find).OfType<ShardEntry>().Select(entry => new MemoryUse(entry.Record.Id, entry.Record.Utility.Uses))];
    }

    /// <summary>Makes a model the one that vectors move to; those of others are searched until they have moved.</summary>
    public void Use(EmbedderModel model) => _state.Spaces.Use(model);

    /// <summary>Some texts that wait for a vector of the model in use; empty when none do.</summary>
    public ImmutableArray<UnembeddedText> NextToEmbed(int max) => _embed.Next(max);

    /// <summary>Makes new vectors durable and searches by them from then on; those whose memory has changed or gone are passed over.</summary>
    public Task<int> EmbedAsync(ImmutableArray<UnembeddedText> texts, IReadOnlyList<Embedding> vectors, CancellationToken cancellationToken) =>
        _writer.SubmitAsync(batch => _embed.Embed(texts, vectors, batch), cancellationToken);

    /// <summary>Takes a policy unless it already has a newer one.</summary>
    public void Apply(TeamPolicy policy)
    {
        if (policy.Version > _policy.Version)
        {
            _policy = policy;
            _state.Weights.Policy = policy.Utility;
        }
    }

    /// <summary>Lets the store compact and drop what has expired, between two appends.</summary>
    public Task MaintainAsync() => _writer.MaintainAsync(_operations.OldestKept, _indexes.RunAsync);

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!HasFailed && _writer.IsIdle)
            {
                await _indexes.CloseAsync();
            }
        }
        catch (MemoryClusterException)
        {
            // A later owner has the store, and its own indexes.
        }
        finally
        {
            await _store.DisposeAsync();
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        IndexSnapshot? snapshot = null;
        await _store.DeriveAsync(files => snapshot = IndexSnapshot.Load(files), cancellationToken);
        var now = _clock.GetUtcNow();
        var loading = new StateLoading(_state, snapshot, record => ForgettingRules.BitsOf(record, _policy.Forgetting, now));
        var watermark = 0L;
        await foreach (var stored in _store.ReadRecordsAsync(cancellationToken))
        {
            if (stored.Key == WatermarkCodec.Key)
            {
                watermark = WatermarkCodec.Decode(stored.Payload);
                continue;
            }

            if (ClosedRunCodec.Is(stored.Payload))
            {
                _state.ClosedRuns.Add(ClosedRunCodec.Decode(stored.Payload));
                continue;
            }

            if (UtilityCodec.Is(stored.Payload))
            {
                loading.Add(stored.Seq, UtilityCodec.Decode(stored.Payload));
                continue;
            }

            if (EndedConsolidationCodec.Is(stored.Payload))
            {
                _state.Ended.Add(EndedConsolidationCodec.Decode(stored.Payload));
                continue;
            }

            if (WrittenSummaryCodec.Is(stored.Payload))
            {
                _state.Written.Add(WrittenSummaryCodec.Decode(stored.Payload));
                continue;
            }

            var (record, embedding) = RecordCodec.Decode(stored.Payload);
            loading.Add(stored.Seq, record, embedding);
        }

        var changed = loading.Complete();
        _state.Due.Load(watermark, _state.Entries.Select(entry => entry.Record));
        if (snapshot is not null)
        {
            _indexes.NoteLoaded(changed);
        }
    }

    private async Task<DeletionReceipt> EraseAsync(
        OperationId? operation, Func<PendingBatch, Step<DeletionReceipt>> decide, CancellationToken cancellationToken)
    {
        if (operation is { } id && _operations.Find(id) is { } done)
        {
            await _writer.ConfirmCurrentAsync(cancellationToken);
            return Answered(done.Deleted);
        }

        return await _operations.RunAsync(operation, () => _writer.SubmitAsync(decide, cancellationToken));
    }

    private MemoryFading FadingOf(MemoryRecord memory) =>
        ForgettingRules.FadingOf(memory, _policy.Forgetting, _clock.GetUtcNow()) with { VectorBits = _state.Spaces.BitsOf(_state.Find(memory.Id)!.Ordinal) };

    private MemoryRecord? Visible(MemoryId id, AccessView access) =>
        _state.Find(id)?.Record is { } memory && IsAlive(memory, _clock.GetUtcNow()) && access.MaySee(memory) ? memory : null;

    // By whom the caller may see and asked for; what stands for a memory only for others hides nothing.
    private bool IsStoodFor(MemoryListQuery query, MemoryRecord memory, AccessView access, DateTimeOffset now) =>
        _state.StandInsOf(memory).Any(entry => Matches(query with { IncludeArchived = true }, entry.Record, now) && access.MaySee(entry.Record));

    private static bool IsAlive(MemoryRecord memory, DateTimeOffset now) => memory.Times.ExpiresAt is not { } expires || expires > now;

    private static bool Matches(MemoryListQuery query, MemoryRecord memory, DateTimeOffset now) =>
        IsAlive(memory, now)
        && (query.State is { } state ? memory.State == state : query.IncludeArchived || memory.State != MemoryState.Archived)
        && (query.Agent is not { } agent || memory.Provenance.Agents.Contains(agent))
        && (query.User is not { } user || memory.Provenance.User == user)
        && (query.Kind is not { } kind || memory.Kind == kind)
        && (query.Tag is not { } tag || memory.Tags.Contains(tag));

    private static T Answered<T>(T? answer)
        where T : class => answer ?? throw OtherOperation();

    private static MemoryClusterException OtherOperation() =>
        new(MemoryFault.IdempotencyMismatch, "This idempotency key was used for another operation; use a new key for a new request.");

    private static async Task<RememberOutcome> OutcomeOf(Task<RememberResult> remembering)
    {
        try
        {
            return RememberOutcome.Of(await remembering);
        }
        catch (MemoryClusterException fault)
        {
            return RememberOutcome.Of(fault);
        }
    }
}
