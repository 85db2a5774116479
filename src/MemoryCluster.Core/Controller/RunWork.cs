using System.Buffers.Binary;
using MemoryCluster.Admission.Replay;
using MemoryCluster.Admission.Runs;
using MemoryCluster.Records;
using MemoryCluster.Shards;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Controller;

/// <summary>Decides what a run has taught, and what it shows of what earlier runs had taught.</summary>
internal sealed class RunWork(
    ControllerState state, ControllerEngineOptions options, MemoryIds ids, OperationLedger operations, ReplayAccess access)
{
    // Runs that put a candidate's question, the latest first, and candidates that answer a run's: more would make a popular question slow.
    private const int RunsMax = 32;
    private const int CandidatesMax = 128;

    // Pairs kept of one candidate. A sequential test that has not ended by then has little left to find.
    private const int PairsMax = 64;

    // Why what the gate had admitted is a candidate again.
    private const string Doubted = "replay_doubts";

    private readonly StepGate _gate = new(state);

    /// <summary>Who a run and what was learned in it come from.</summary>
    public static Provenance LabelOf(RunDraft run) => new()
    {
        User = run.User, Agents = [.. run.Steps.Select(step => step.Agent).Prepend(run.Agent).Distinct()],
    };

    /// <summary>What must be done for a candidate's latest decision.</summary>
    public static ControllerEffect EffectOf(StoredCandidate candidate, TeamPolicy policy)
    {
        var decision = candidate.Decision;
        var operation = new OperationId(Hash128.Of("decision", decision.Id.ToString("N"), $"{candidate.Revision}"), Guid.Empty);
        var grant = new AdmissionGrant(decision.Decision, decision.Reason, WeightOf(decision, policy));
        return decision.Memory is { } memory
            ? new ControllerEffect.Settle(memory, grant) { Decision = decision.Id, Revision = candidate.Revision, Operation = operation }
            : new ControllerEffect.Remember(candidate.Content!.Agents[0], DraftOf(candidate, grant))
            {
                Decision = decision.Id, Revision = candidate.Revision, Operation = operation,
            };
    }

    public Step<RunId> Decide(RunDraft run, DirectorySnapshot directory, OperationId? operation, PendingBatch batch) =>
        // What it is compared with must be applied.
        batch.IsEmpty ? Decide(RecordOf(run, batch), directory, operation, batch) : new Step<RunId>.Wait();

    /// <summary>What follows from a run, and from nothing but it, the state and the directory: the log gives the same decisions again.</summary>
    public Step<RunId> Decide(RunRecord record, DirectorySnapshot directory, OperationId? operation, PendingBatch batch)
    {
        var context = ReplayContext.Of(record);
        var budget = new ReplayBudget(Math.Max(0, state.Policy.ReplaysPerDay - state.ReplaysOn(batch.At)));
        var taught = Extract(record)
            .Select((candidate, ordinal) => DecideOn(candidate, IdOf(record, ordinal), record, context, directory, budget, batch))
            .ToArray();
        var retested = Retest(record, context, directory, budget, batch);
        var gone = state.RunCount >= state.Policy.RunsMax && state.OldestRun is { } oldest ? oldest : null;
        StoredControllerRecord[] records =
        [
            new() { Run = record }, .. taught.Concat(retested).Select(candidate => new StoredControllerRecord { Candidate = candidate }),
        ];
        var writes = ControllerEngine.Writes(records);
        if (gone is not null)
        {
            writes = writes.Add(RecordWrite.Delete(new RecordKey(StoredControllerRecord.KeyOf(gone.Id))));
        }

        var (mutation, remember) = operations.Mutation(batch, writes, operation, body => new StoredOperation { Body = body, Run = record.Id });
        return new Step<RunId>.Write([mutation], Apply, record.Id);

        void Apply()
        {
            state.Put(record);
            Array.ForEach(taught, state.Put);
            Array.ForEach(retested, state.Put);
            if (gone is not null)
            {
                state.Remove(gone.Id);
            }

            remember();
        }
    }

    public Step<bool> Confirm(ControllerEffect effect, RememberResult? result, bool isGone, PendingBatch batch)
    {
        if (batch.Touches(effect.Decision))
        {
            return new Step<bool>.Wait();
        }

        // Forgotten meanwhile, or confirmed before: nothing is left to note.
        if (state.Find(effect.Decision) is not { } candidate || candidate.Done >= effect.Revision)
        {
            return new Step<bool>.Answer(false);
        }

        var confirmed = candidate with
        {
            Done = effect.Revision, Decision = Confirmed(candidate.Decision, result),
            Content = isGone ? null : candidate.Content, Question = isGone ? null : candidate.Question,
        };
        var mutation = ControllerEngine.Mutation(batch, new StoredControllerRecord { Candidate = confirmed });
        return new Step<bool>.Write([mutation], () => state.Put(confirmed), true);
    }

    private static CandidateDecision Confirmed(CandidateDecision decision, RememberResult? result) => result switch
    {
        null => decision,
        { Decision: Decision.Merged } => decision with { Memory = result.Id, Decision = Decision.Merged, Reason = result.Reason },
        { Decision: Decision.Rejected } => decision with { Decision = Decision.Rejected, Reason = result.Reason },
        _ => decision with { Memory = result.Id },
    };

    private RunRecord RecordOf(RunDraft run, PendingBatch batch) => new()
    {
        Id = new RunId(ids.Next(batch.At).ToString()),
        Team = options.Team,
        At = batch.At,
        Run = run,
        ContextHash = Hash128.Of([run.Task, run.Input, run.Domain, run.ConfigHash, run.ModelVersion, .. run.Seeds.Select(seed => $"{seed}")]),
        OutputHash = Hash128.Of([run.Outcome.Answer, .. run.Steps.Select(step => step.Output)]),
    };

    private List<Candidate> Extract(RunRecord record)
    {
        var candidates = CandidateExtraction.Of(record.Run).ToList();
        var opposite = state.RunsThatAsked(ControllerState.TaskOf(record.Run))
            .FirstOrDefault(other => other.Run.Outcome.Succeeded != record.Run.Outcome.Succeeded && other.Run.User == record.Run.User);
        if (opposite is not null && record.Run.Steps.Length > 0)
        {
            var (succeeded, failed) = record.Run.Outcome.Succeeded ? (record.Run, opposite.Run) : (opposite.Run, record.Run);
            if (CandidateExtraction.Contrast(succeeded, failed, record.Run.Steps.Length - 1) is { } contrast)
            {
                candidates.Add(contrast);
            }
        }

        return candidates;
    }

    // Of the run's own chance: nothing is drawn for a decision that a later reader of the log could not draw again.
    private Guid IdOf(RunRecord record, int ordinal)
    {
        Span<byte> bytes = stackalloc byte[16];
        Hash128.Of("candidate", record.Id.Value, $"{ordinal}").TryWriteBytes(bytes);
        return MemoryId.New(record.At, BinaryPrimitives.ReadUInt64LittleEndian(bytes), options.TeamNumber).Value;
    }

    private StoredCandidate DecideOn(
        Candidate candidate, Guid id, RunRecord record, ReplayContext context, DirectorySnapshot directory, ReplayBudget budget, PendingBatch batch)
    {
        var (gate, features) = _gate.Decide(candidate, record, id);
        var decision = new CandidateDecision
        {
            Id = id, Run = record.Id, Step = candidate.Step, Kind = candidate.Kind, Decision = DecisionOf(gate.Verdict), Probability = gate.Probability,
            Propensity = gate.Propensity, Explored = gate.Explored, Reason = gate.Explored ? "gate_explored" : "gate", Features = features,
            PolicyVersion = gate.PolicyVersion, At = batch.At, TextHash = Hash128.Of("text", candidate.Text), Replayer = ReplayWork.ReplayerOf(record),
            Terms = state.Policy.ReplayTerms, GateSaid = DecisionOf(gate.Verdict),
        };
        var question = ControllerState.QuestionOf(candidate, record.Run);
        if (decision.Decision != Decision.Rejected && decision.Replayer == ReplayerNames.Evidence)
        {
            var pairs = Replays(candidate, question, record, context, directory, budget, batch.At);
            decision = Judged(decision with { Replays = pairs, Effect = PairedTest.EstimateOf(pairs, decision.Terms) });
        }

        // What is rejected goes nowhere: it is done as it is written.
        return new StoredCandidate
        {
            Decision = decision, Content = candidate, Question = question, User = record.Run.User, WrittenBy = record.Run.WrittenBy,
            Done = decision.Decision == Decision.Rejected ? 1 : 0,
        };
    }

    private ImmutableArray<ReplayPair> Replays(
        Candidate candidate, Guid question, RunRecord own, ReplayContext ownContext, DirectorySnapshot directory, ReplayBudget budget, DateTimeOffset at)
    {
        var terms = state.Policy.ReplayTerms;
        var memory = new ReplayedMemory(candidate);
        var pairs = ImmutableArray.CreateBuilder<ReplayPair>();
        if (budget.TryTake() && EvidenceReplay.Replay(memory, ownContext, isOwn: true, terms, at) is { } first)
        {
            pairs.Add(first);
        }

        foreach (var run in state.RunsThatAsked(question).Take(RunsMax).Where(run => access.MaySee(run.Run, candidate, own.Run, directory)))
        {
            if (budget.TryTake() && EvidenceReplay.Replay(memory, state.ContextOf(run), isOwn: false, terms, at) is { } pair)
            {
                pairs.Add(pair);
            }
        }

        return pairs.ToImmutable();
    }

    // Every earlier candidate that answers a question of this run meets one more replay, until its test has ended.
    private StoredCandidate[] Retest(
        RunRecord record, ReplayContext context, DirectorySnapshot directory, ReplayBudget budget, PendingBatch batch) =>
    [
        .. ControllerState.QuestionsOf(record.Run)
            .SelectMany(question => state.CandidatesThatAnswer(question).Take(CandidatesMax))
            .Where(candidate => candidate.Decision.Replayer == ReplayerNames.Evidence && IsTested(candidate) && budget.HasLeft)
            .Select(candidate => Retested(candidate, record, context, directory, budget, batch.At))
            .OfType<StoredCandidate>(),
    ];

    /// <summary>Whether a candidate stands as a memory and may be replayed once more.</summary>
    public static bool IsTested(StoredCandidate candidate) =>
        candidate is { IsPending: false, Content: not null, Decision: { Memory: not null, Decision: Decision.Candidate or Decision.Admitted, Replays.Length: < PairsMax } };

    private StoredCandidate? Retested(
        StoredCandidate candidate, RunRecord record, ReplayContext context, DirectorySnapshot directory, ReplayBudget budget, DateTimeOffset at)
    {
        var source = state.Find(candidate.Decision.Run)?.Run;
        if (source is null || !access.MaySee(record.Run, candidate.Content!, source, directory) || !budget.TryTake()
            || EvidenceReplay.Replay(new ReplayedMemory(candidate.Content!), context, isOwn: false, candidate.Decision.Terms, at) is not { } pair)
        {
            return null;
        }

        var before = candidate.Decision;
        var pairs = before.Replays.Add(pair);
        var after = Judged(before with { Replays = pairs, Effect = PairedTest.EstimateOf(pairs, before.Terms) });
        return after.Decision == before.Decision
            ? candidate with { Decision = after }
            : candidate with { Decision = after, Revision = candidate.Revision + 1 };
    }

    /// <summary>The lower bound admits, the upper bound refuses; in between stands what the gate said. What is already stored is withheld, not lost.</summary>
    public static CandidateDecision Judged(CandidateDecision decision) => PairedTest.Judge(decision) switch
    {
        ReplayVerdict.Helps when decision.Decision == Decision.Candidate => decision with { Decision = Decision.Admitted, Reason = "replay_helps" },
        ReplayVerdict.Hurts => decision with { Decision = decision.Memory is null ? Decision.Rejected : Decision.Quarantined, Reason = "replay_hurts" },
        // Open, but so far against it: until that is settled it is no more than a candidate.
        ReplayVerdict.Open when decision is { Decision: Decision.Admitted, Effect: { Pairs: > 0, Mean: < 0 } } =>
            decision with { Decision = Decision.Candidate, Reason = Doubted },
        ReplayVerdict.Open when decision is { Decision: Decision.Candidate, Reason: Doubted, Effect.Mean: > 0 } =>
            decision with { Decision = Decision.Admitted, Reason = "gate" },
        ReplayVerdict.Helps or ReplayVerdict.Open => decision,
        var verdict => throw new ArgumentOutOfRangeException(nameof(decision), verdict, "A new verdict needs a decision here."),
    };

    private static MemoryDraft DraftOf(StoredCandidate candidate, AdmissionGrant grant)
    {
        var content = candidate.Content!;
        return new MemoryDraft
        {
            Text = content.Text, Kind = content.Kind, Visibility = Visibility.Team, User = candidate.User, Run = candidate.Decision.Run,
            Through = content.Agents[1..], WrittenBy = candidate.WrittenBy, Grant = grant,
        };
    }

    // SEDM's w0 is the measured gain; on top of 1, which is what the untried weigh.
    private static double WeightOf(CandidateDecision decision, TeamPolicy policy) => decision.Decision == Decision.Candidate
        ? policy.CandidateWeight
        : 1 + Math.Max(0, decision.Effect.Lower);

    private static Decision DecisionOf(Admission.Gate.GateVerdict verdict) => verdict switch
    {
        Admission.Gate.GateVerdict.Drop => Decision.Rejected,
        Admission.Gate.GateVerdict.Candidate => Decision.Candidate,
        Admission.Gate.GateVerdict.Admit => Decision.Admitted,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "A new verdict needs a decision here."),
    };
}
