using MemoryCluster.Access;
using MemoryCluster.Shards;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Controller;

/// <summary>
/// A team's controller without its grain: its policy, its runs, and what it decides of them. A decision is durable here before a shard
/// hears of it; what a shard has not confirmed is told again, under the same name.
/// </summary>
/// <remarks>Not thread-safe: one turn at a time; awaiting calls may interleave.</remarks>
public sealed partial class ControllerEngine : IAsyncDisposable
{
    private readonly IShardStore _store;
    private readonly TimeProvider _clock;
    private readonly ControllerEngineOptions _options;
    private readonly ControllerState _state;
    private readonly OperationLedger _operations;
    private readonly StoreWriter _writer;
    private readonly RunWork _runs;
    private readonly ReplayWork _replays;
    private readonly CopyWork _copies;
    private readonly RunErasure _erasure;
    private readonly GateLearning _learning;
    private MemoryId _lookedFor;

    private ControllerEngine(ControllerEngineOptions options, IShardStore store, TimeProvider clock, Random random)
    {
        _store = store;
        _clock = clock;
        _options = options;
        _state = new ControllerState(options.FirstGate);
        _operations = new OperationLedger(clock);
        _writer = new StoreWriter(store, clock);
        var access = new ReplayAccess(options);
        _runs = new RunWork(_state, options, new MemoryIds(options.TeamNumber, random), _operations, access);
        _replays = new ReplayWork(_state, options, access);
        _copies = new CopyWork(_state, options);
        _erasure = new RunErasure(_state);
        _learning = new GateLearning(_state);
    }

    /// <summary>Whether this owner was fenced or lost track of what is durable: close it and open anew.</summary>
    public bool HasFailed => _writer.Failure is not null;

    /// <summary>The team's policy.</summary>
    public TeamPolicy Policy => _state.Policy;

    /// <summary>How it stands.</summary>
    public ControllerView View => new()
    {
        Policy = _state.Policy, Decisions = _state.Counts.Where(pair => pair.Value > 0).ToImmutableDictionary(), Runs = _state.RunCount,
        Pending = _state.Pending.Count + _copies.Pending.Count(), GateVersion = _state.Gate.ActiveVersion, Calibration = GateCalibration.Of(_state),
        ReplaysDue = _state.DueCount,
    };

    /// <summary>Takes the controller's store and loads it.</summary>
    public static async Task<ControllerEngine> OpenAsync(
        ControllerEngineOptions options, IShardStores stores, TimeProvider clock, Random random, CancellationToken cancellationToken)
    {
        var store = await stores.OpenAsync(StoreId.ForController(options.Tenant, options.Team), cancellationToken);
        var engine = new ControllerEngine(options, store, clock, random);
        try
        {
            await engine.LoadAsync(cancellationToken);
            return engine;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Confirms that what was read here was current while the request was open.</summary>
    public ValueTask ConfirmCurrentAsync(CancellationToken cancellationToken) => _writer.ConfirmCurrentAsync(cancellationToken);

    /// <summary>Keeps a changed policy as the next version.</summary>
    public Task<TeamPolicy> SetPolicyAsync(TeamPolicy policy, CancellationToken cancellationToken) =>
        _writer.SubmitAsync<TeamPolicy>(
            batch =>
            {
                if (!batch.IsEmpty)
                {
                    return new Step<TeamPolicy>.Wait();
                }

                var next = policy with { Version = _state.Policy.Version + 1 };
                return new Step<TeamPolicy>.Write([Mutation(batch, new StoredControllerRecord { Policy = next })], () => _state.Policy = next, next);
            },
            cancellationToken);

    /// <summary>Keeps a run and decides what is to be remembered of it: all of it durable at once.</summary>
    /// <param name="run">The run.</param>
    /// <param name="directory">Who may see what: a memory is replayed only on runs whose agent may see it.</param>
    /// <param name="operation">Set where the request carried an idempotency key.</param>
    /// <param name="cancellationToken">Ends the wait for its turn.</param>
    public async Task<RunId> SubmitRunAsync(RunDraft run, DirectorySnapshot directory, OperationId? operation, CancellationToken cancellationToken)
    {
        if (operation is { } repeated && _operations.Find(repeated) is { } done)
        {
            await _writer.ConfirmCurrentAsync(cancellationToken);
            return done.Run ?? throw new MemoryClusterException(
                MemoryFault.IdempotencyMismatch, "This idempotency key was used for another operation; use a new key for a new request.");
        }

        RequireReplayer(run.Evaluation?.Replayer, directory);
        return await _operations.RunAsync(operation, () => _writer.SubmitAsync(batch => _runs.Decide(run, directory, operation, batch), cancellationToken));
    }

    /// <summary>A run with its decisions as they stand now; null where there is none that the caller may see.</summary>
    public async Task<RunReport?> GetRunAsync(RunId id, AccessView access, CancellationToken cancellationToken)
    {
        await _writer.ConfirmCurrentAsync(cancellationToken);
        return _state.Find(id) is { } run && MaySee(access, run)
            ? new RunReport(run, [.. _state.Of(id).Select(candidate => candidate.Decision).OrderBy(decision => decision.Step).ThenBy(decision => decision.Id)])
            : null;
    }

    /// <summary>Decisions on what the caller may see, newest first, from before <paramref name="before"/> on, and whether there are more.</summary>
    public async Task<DecisionPage> ListDecisionsAsync(Guid? before, int limit, AccessView access, CancellationToken cancellationToken)
    {
        await _writer.ConfirmCurrentAsync(cancellationToken);
        var found = _state.NewestFirst(before)
            .Where(decision => _state.Find(decision.Run) is not { } run ? access.Caller.IsOperator : MaySee(access, run))
            .Take(limit + 1)
            .ToImmutableArray();
        return found.Length > limit ? new DecisionPage(found[..limit], true) : new DecisionPage(found, false);
    }

    /// <summary>Replays a decision's evidence again, from what is kept here: what the certificate must be equal to.</summary>
    public async Task<CertificateCheck?> CertifyAsync(MemoryId memory, CancellationToken cancellationToken)
    {
        await _writer.ConfirmCurrentAsync(cancellationToken);
        return _state.Of(memory).OrderBy(candidate => candidate.Decision.Id).FirstOrDefault() is { } candidate
            ? Certificates.Check(candidate, _state)
            : null;
    }

    /// <summary>Whether there may be something to replay outside of the cluster.</summary>
    public bool HasReplays => _replays.HasSome;

    /// <summary>Replays to be made outside of the cluster now: of each decision one at a time, within the day's budget.</summary>
    /// <param name="directory">Who may see what, and who replays.</param>
    /// <param name="busy">Decisions of which one is being made.</param>
    /// <param name="max">How many may be made at a time, with those under way.</param>
    public ImmutableArray<ReplayJob> NextReplays(DirectorySnapshot directory, IReadOnlySet<Guid> busy, int max) =>
        _replays.Next(directory, busy, max, _clock.GetUtcNow());

    /// <summary>
    /// Whether a replay may be sent as it stands: this is asked before every request. Nothing of it was deleted or forgotten, no other owner has
    /// taken over, and the run's principal may see the memory.
    /// </summary>
    public async Task<bool> IsWantedAsync(ReplayJob job, DirectorySnapshot directory, CancellationToken cancellationToken)
    {
        await _writer.ConfirmCurrentAsync(cancellationToken);
        return _replays.IsWanted(job, directory);
    }

    /// <summary>Notes what became of a replay, and what that decides: durable in one step, and once. False where it comes too late or again.</summary>
    public Task<bool> NoteReplayAsync(ReplayJob job, ReplayResult result, CancellationToken cancellationToken) =>
        _writer.SubmitAsync(batch => _replays.Note(job, result, batch), cancellationToken);

    /// <summary>The replays that a memory stands on, to be asked for again within what is left of the day's budget; null where none was made outside.</summary>
    public async Task<RecordedReplays?> RecordedReplaysAsync(MemoryId memory, DirectorySnapshot directory, CancellationToken cancellationToken)
    {
        await _writer.ConfirmCurrentAsync(cancellationToken);
        if (_state.Of(memory).OrderBy(candidate => candidate.Decision.Id).FirstOrDefault() is not { } candidate
            || !candidate.Decision.Replays.Any(pair => pair.Trace is not null))
        {
            return null;
        }

        return new RecordedReplays(candidate.Decision, _replays.TakeRecorded(candidate, directory, _clock.GetUtcNow()));
    }

    /// <summary>What a shard must still be told, oldest decision first.</summary>
    public ImmutableArray<ControllerEffect> PendingEffects(int max) =>
        [.. _state.Pending.Select(id => RunWork.EffectOf(_state.Find(id)!, _state.Policy)).Concat(_copies.Pending).Take(max)];

    /// <summary>Notes that a shard has carried an effect out.</summary>
    /// <param name="effect">Which.</param>
    /// <param name="result">What became of what was to be remembered.</param>
    /// <param name="isGone">Whether the memory is no more.</param>
    /// <param name="cancellationToken">Ends the wait for its turn.</param>
    public Task ConfirmAsync(ControllerEffect effect, RememberResult? result, bool isGone, CancellationToken cancellationToken) =>
        _writer.SubmitAsync(
            batch => CopyWork.Owns(effect) ? _copies.Confirm(effect, isGone, batch) : _runs.Confirm(effect, result, isGone, batch), cancellationToken);

    /// <summary>The runs that match and that the caller may see.</summary>
    public async Task<ImmutableArray<RunId>> FindRunsAsync(ForgetCommand command, AccessView access, CancellationToken cancellationToken)
    {
        await _writer.ConfirmCurrentAsync(cancellationToken);
        return [.. _erasure.Matching(command, run => MaySee(access, run)).Select(run => run.Id)];
    }

    /// <summary>Erases every run that matches and that the caller may see, with what was decided of it.</summary>
    public Task<int> ForgetAsync(ForgetCommand command, AccessView access, CancellationToken cancellationToken) =>
        _writer.SubmitAsync(batch => _erasure.Forget(command, run => MaySee(access, run), batch), cancellationToken);

    /// <summary>Erases the texts that deleted memories were made of, and what is kept of those that other teams had offered.</summary>
    public async Task EraseSourcesAsync(ImmutableArray<MemoryId> deleted, CancellationToken cancellationToken)
    {
        await _writer.SubmitAsync(batch => _erasure.EraseSources(deleted, batch), cancellationToken);
        await _writer.SubmitAsync(batch => _copies.Erase(deleted, batch), cancellationToken);
    }

    /// <summary>The memories whose uses the gate must know to learn from the next runs; null while there are too few runs.</summary>
    public ImmutableArray<MemoryId>? NextToLearn() => _learning.Next() is { IsEmpty: false } runs
        ? [.. runs.Concat(_learning.Weighed()).SelectMany(run => _state.Of(run.Id)).Select(candidate => candidate.Decision.Memory).OfType<MemoryId>().Distinct()]
        : null;

    /// <summary>Teaches the gate what became of its decisions on the next runs; whether there was something to learn.</summary>
    public Task<bool> LearnAsync(IReadOnlyDictionary<MemoryId, long> uses, CancellationToken cancellationToken)
    {
        var runs = _learning.Next();
        return _writer.SubmitAsync(batch => _learning.Learn(runs, uses, batch), cancellationToken);
    }

    /// <summary>Some memories that runs taught, in a circle, to see whether they are still there.</summary>
    public ImmutableArray<MemoryId> NextMade(int max)
    {
        var made = _state.MadeAfter(_lookedFor).Take(max).ToImmutableArray();
        _lookedFor = made.Length < max ? default : made[^1];
        return made;
    }

    /// <summary>Lets the store compact and drop what has expired, between two appends.</summary>
    public Task MaintainAsync() => _writer.MaintainAsync(_operations.OldestKept);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    internal static ShardMutation Mutation(PendingBatch batch, params ReadOnlySpan<StoredControllerRecord> records) =>
        new() { Seq = batch.NextSeq, At = batch.At, Writes = Writes(records) };

    internal static ImmutableArray<RecordWrite> Writes(ReadOnlySpan<StoredControllerRecord> records)
    {
        var writes = ImmutableArray.CreateBuilder<RecordWrite>(records.Length);
        foreach (var record in records)
        {
            writes.Add(RecordWrite.Put(StoredControllerRecord.KeyOf(record), StoredControllerRecord.Encode(record)));
        }

        return writes.MoveToImmutable();
    }

    private bool MaySee(AccessView access, RunRecord run) => access.MaySee(_options.Team, Visibility.Team, RunWork.LabelOf(run.Run));

    private void RequireReplayer(string? name, DirectorySnapshot directory)
    {
        if (name is not (null or ReplayerNames.Evidence) && !_options.BuiltInReplayers.Contains(name) && !directory.Replayers.ContainsKey(name))
        {
            throw new MemoryClusterException(
                MemoryFault.BadRequest,
                name == ReplayerNames.Chat
                    ? "This server is configured with no language model: its operator sets the section Chat. Leave the replayer out, or name another."
                    : "There is no such replayer. Register it with PUT /api/v1/replayers/{name}, name 'evidence', or leave it out.",
                code: "replayer_unknown", field: "evaluation.replayer");
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var candidates = new List<StoredCandidate>();
        await foreach (var stored in _store.ReadRecordsAsync(cancellationToken))
        {
            var record = StoredControllerRecord.Decode(stored.Payload);
            if (record.Candidate is { } candidate)
            {
                candidates.Add(candidate);
            }
            else
            {
                _state.Put(record);
            }
        }

        candidates.ForEach(_state.Put);
        await foreach (var operation in _store.ReadOperationsAsync(_operations.OldestKept, cancellationToken))
        {
            _operations.Load(operation);
        }
    }
}
