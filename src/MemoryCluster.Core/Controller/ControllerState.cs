using MemoryCluster.Admission.Gate;
using MemoryCluster.Admission.Replay;
using MemoryCluster.Admission.Runs;
using MemoryCluster.Records;

namespace MemoryCluster.Controller;

/// <summary>What a team's controller knows: its runs, its decisions, its policy, and by what questions they meet.</summary>
internal sealed partial class ControllerState(GatePolicy firstGate)
{
    private readonly Dictionary<RunId, RunEntry> _runs = [];
    private readonly SortedSet<(DateTimeOffset At, string Id)> _runsByAge = [];
    private readonly Dictionary<Guid, StoredCandidate> _candidates = [];
    private readonly SortedSet<MemoryId> _decisions = [];
    private readonly SortedSet<MemoryId> _pending = [];
    private readonly SortedSet<MemoryId> _due = [];
    private readonly SortedDictionary<MemoryId, SortedList<string, Guid>> _byMemory = [];
    private readonly Dictionary<RunId, SortedList<string, Guid>> _byRun = [];
    private readonly Dictionary<Guid, SortedList<string, RunId>> _runsByQuestion = [];
    private readonly Dictionary<Guid, SortedList<string, Guid>> _candidatesByQuestion = [];
    private readonly Dictionary<Decision, int> _counts = [];
    private readonly Dictionary<AgentId, AgentStanding> _standings = [];
    private readonly Dictionary<DateOnly, int> _replaysByDay = [];
    private readonly ReplayContexts _contexts = new();
    private ReturnCounter? _returns;

    public TeamPolicy Policy { get; set; } = new();

    /// <summary>The gate's weights, those in force and those before.</summary>
    public GatePolicyHistory Gate { get; private set; } = new() { Policies = [firstGate], ActiveVersion = firstGate.Version, NextVersion = firstGate.Version + 1 };

    /// <summary>What the gate's trainer carries on.</summary>
    public GateTrainerState Training { get; private set; } = GateTrainerState.Of(firstGate);

    /// <summary>The latest run that the gate has learned from; empty before the first.</summary>
    public string LearnedTo { get; private set; } = "";

    /// <summary>Which kinds of step came back, in the runs that are kept.</summary>
    public RecurrenceRecord Recurrence => Returns.Record;

    private ReturnCounter Returns => _returns ??= CountReturns();

    /// <summary>Candidates that stand as a memory.</summary>
    public int KeptCount => _byMemory.Count;

    public int RunCount => _runs.Count;

    public RunRecord? OldestRun => _runsByAge.Count == 0 ? null : _runs[new RunId(_runsByAge.Min.Id)].Record;

    public IEnumerable<RunRecord> Runs => _runs.Values.Select(entry => entry.Record);

    /// <summary>Decisions that have not reached their shard, oldest first.</summary>
    public IReadOnlyCollection<Guid> Pending => [.. _pending.Select(id => id.Value)];

    /// <summary>Decisions that may have a replay to be made outside of the cluster.</summary>
    public int DueCount => _due.Count;

    /// <summary>Their ids, oldest first.</summary>
    public IEnumerable<Guid> Due => _due.Select(id => id.Value);

    /// <summary>Notes that a decision has none, until it or a run that puts its question changes.</summary>
    public void RemoveDue(Guid decision) => _due.Remove(new MemoryId(decision));

    /// <summary>Memories that candidates stand as, later than one, in their order.</summary>
    public IEnumerable<MemoryId> MadeAfter(MemoryId id) => _byMemory.Keys.SkipWhile(memory => memory <= id);

    public IEnumerable<StoredCandidate> Candidates => _candidates.Values;

    /// <summary>Decisions by kind, as they stand now.</summary>
    public IReadOnlyDictionary<Decision, int> Counts => _counts;

    /// <summary>Replays made on a day by UTC, of the decisions that are kept.</summary>
    public int ReplaysOn(DateTimeOffset day) => _replaysByDay.GetValueOrDefault(DayOf(day));

    /// <summary>A run that is kept, read for replay.</summary>
    public ReplayContext ContextOf(RunRecord run) => _contexts.Of(run);

    public RunRecord? Find(RunId run) => _runs.GetValueOrDefault(run)?.Record;

    /// <summary>How an agent's steps and runs have fared.</summary>
    public AgentStanding StandingOf(AgentId agent) => _standings.GetValueOrDefault(agent);

    public StoredCandidate? Find(Guid decision) => _candidates.GetValueOrDefault(decision);

    public IEnumerable<StoredCandidate> Of(RunId run) => Linked(_byRun, run).Select(id => _candidates[id]);

    public IEnumerable<StoredCandidate> Of(MemoryId memory) => Linked(_byMemory, memory).Select(id => _candidates[id]);

    /// <summary>Runs that put a question, the latest first.</summary>
    public IEnumerable<RunRecord> RunsThatAsked(Guid question) => EntriesThatAsked(question).Select(entry => entry.Record);

    /// <summary>The same, with what their steps did.</summary>
    public IEnumerable<RunEntry> EntriesThatAsked(Guid question) =>
        Linked(_runsByQuestion, question).Reverse().Select(id => _runs[id]);

    /// <summary>Candidates that answer a question, the latest first.</summary>
    public IEnumerable<StoredCandidate> CandidatesThatAnswer(Guid question) =>
        Linked(_candidatesByQuestion, question).Reverse().Select(id => _candidates[id]);

    /// <summary>Runs later than one, oldest first, as far as it can be told of them what came back.</summary>
    public IEnumerable<RunRecord> RunsAfter(string id) =>
        _runsByAge.Where(run => string.CompareOrdinal(run.Id, id) > 0).Select(run => _runs[new RunId(run.Id)].Record).TakeWhile(CameBack);

    /// <summary>Runs of which it can be told what came back, the latest first.</summary>
    public IEnumerable<RunRecord> LatestRuns => _runsByAge.Reverse().Select(run => _runs[new RunId(run.Id)].Record).Where(CameBack);

    /// <summary>Whether a later run had the same task or took one of its steps, or so many runs passed that none will.</summary>
    public bool CameBack(RunRecord run) => Returns.HadOccasion(run.Id);

    /// <summary>How many later runs did what a step did and saw the same, and how many saw something else.</summary>
    public (int Same, int Other) SeenAgain(RunRecord run, int step)
    {
        var entry = _runs[run.Id];
        var later = EntriesThatAsked(entry.QuestionOf(step)).Where(other => string.CompareOrdinal(other.Record.Id.Value, run.Id.Value) > 0)
            .Select(other => other.StepOf(entry.Actions[step])).OfType<RunStep>().ToArray();
        var same = later.Count(taken => taken.Output == run.Run.Steps[step].Output);
        return (same, later.Length - same);
    }

    public void Take(GatePolicyHistory history, GateTrainerState training, string learnedTo)
    {
        Gate = history;
        Training = training;
        LearnedTo = learnedTo;
    }

    /// <summary>Decisions, newest first, from before one on.</summary>
    public IEnumerable<CandidateDecision> NewestFirst(Guid? before)
    {
        var ids = before is { } last
            ? _decisions.GetViewBetween(new MemoryId(Guid.Empty), new MemoryId(last)).Reverse().Where(id => id.Value != last)
            : _decisions.Reverse();
        return ids.Select(id => _candidates[id.Value].Decision);
    }

    /// <summary>Every question of a run: its task, and what its steps asked of tools.</summary>
    public static IEnumerable<Guid> QuestionsOf(RunDraft run) =>
        run.Steps.Where(step => step is { Tool: not null, Erased: false }).Select(RunSigns.SignatureOf).OfType<Guid>().Append(TaskOf(run)).Distinct();

    /// <summary>The question that a candidate answers: its tool's call, or else the task.</summary>
    public static Guid QuestionOf(Candidate candidate, RunDraft run) =>
        candidate is { Kind: MemoryKind.Step, Tool: not null, Signature: { } signature } ? signature : TaskOf(run);

    public static Guid TaskOf(RunDraft run) => Hash128.Of("task", run.Task.Trim());

    /// <summary>Takes in a record as it stands in the store, or its next version.</summary>
    /// <exception cref="MemoryClusterException"><see cref="MemoryFault.StoreCorrupt"/>: it holds nothing known.</exception>
    public void Put(StoredControllerRecord record)
    {
        switch (record)
        {
            case { Run: { } run }:
                Put(run);
                break;
            case { Candidate: { } candidate }:
                Put(candidate);
                break;
            case { Gate: { } gate }:
                Take(GateJson.ReadHistory(gate.History), GateJson.ReadTraining(gate.Training), gate.LearnedTo);
                break;
            case { Copy: { } copy }:
                Put(copy);
                break;
            case { Policy: { } policy }:
                Policy = policy;
                break;
            default:
                throw new MemoryClusterException(MemoryFault.StoreCorrupt, "A record of a controller holds nothing known.");
        }
    }

    public void Put(RunRecord run)
    {
        var isNew = !_runs.ContainsKey(run.Id);
        if (!isNew)
        {
            Remove(run.Id);
        }

        var entry = RunEntry.Of(run);
        // The latest run is counted as it comes; a change or a loss of an earlier one changes what came after it too.
        if (isNew && _returns is { } returns && (_runsByAge.Count == 0 || _runsByAge.Max.CompareTo((run.At, run.Id.Value)) < 0))
        {
            returns.Add(entry);
        }
        else
        {
            _returns = null;
        }

        _runs[run.Id] = entry;
        _runsByAge.Add((run.At, run.Id.Value));
        foreach (var question in entry.Questions)
        {
            Link(_runsByQuestion, question, run.Id.Value, run.Id);
            MakeDue(question, ReplayWork.ReplayerOf(run));
        }

        Note(run.Run.Agent, new AgentStanding(0, 0, 0, 1, run.Run.Outcome.Reward), 1);
    }

    public void Remove(RunId id)
    {
        _contexts.Remove(id);
        if (!_runs.Remove(id, out var entry))
        {
            return;
        }

        var run = entry.Record;
        foreach (var question in entry.Questions)
        {
            Unlink(_runsByQuestion, question, run.Id.Value);
        }

        _runsByAge.Remove((run.At, run.Id.Value));
        _returns = null;
        Note(run.Run.Agent, new AgentStanding(0, 0, 0, 1, run.Run.Outcome.Reward), -1);
    }

    public void Put(StoredCandidate candidate)
    {
        var decision = candidate.Decision;
        Remove(decision.Id);
        var key = new MemoryId(decision.Id);
        _candidates.Add(decision.Id, candidate);
        _decisions.Add(key);
        _counts[decision.Decision] = _counts.GetValueOrDefault(decision.Decision) + 1;
        Link(_byRun, decision.Run, key.ToString(), decision.Id);
        if (candidate.IsPending)
        {
            _pending.Add(key);
        }

        if (candidate.Content is not null && decision.Replayer != ReplayerNames.Evidence)
        {
            _due.Add(key);
        }

        if (decision.Memory is { } memory)
        {
            Link(_byMemory, memory, key.ToString(), decision.Id);
        }

        if (candidate.Question is { } question)
        {
            Link(_candidatesByQuestion, question, key.ToString(), decision.Id);
        }

        Note(candidate, 1);
    }

    public void Remove(Guid decision)
    {
        if (!_candidates.Remove(decision, out var candidate))
        {
            return;
        }

        var key = new MemoryId(decision);
        _decisions.Remove(key);
        _counts[candidate.Decision.Decision]--;
        _pending.Remove(key);
        _due.Remove(key);
        Unlink(_byRun, candidate.Decision.Run, key.ToString());
        if (candidate.Decision.Memory is { } memory)
        {
            Unlink(_byMemory, memory, key.ToString());
        }

        if (candidate.Question is { } question)
        {
            Unlink(_candidatesByQuestion, question, key.ToString());
        }

        Note(candidate, -1);
    }

    private void MakeDue(Guid question, string replayer)
    {
        if (replayer != ReplayerNames.Evidence)
        {
            var tested = CandidatesThatAnswer(question).Where(candidate => candidate.Decision.Replayer == replayer);
            _due.UnionWith(tested.Select(candidate => new MemoryId(candidate.Decision.Id)));
        }
    }

    // Used is what another run asked for again and got right.
    private void Note(StoredCandidate candidate, int sign)
    {
        foreach (var at in ReplayedAt(candidate.Decision))
        {
            var day = DayOf(at);
            _replaysByDay[day] = _replaysByDay.GetValueOrDefault(day) + sign;
        }

        if (candidate.Content is { Agents: [var agent, ..] })
        {
            var decision = candidate.Decision;
            var isKept = decision.Decision is Decision.Admitted or Decision.Candidate or Decision.Merged;
            // Used is what another run asked for again and got right.
            var isUsed = isKept && decision.Replays.Any(pair => pair is { IsOwn: false, Difference: > 0 });
            Note(agent, new AgentStanding(1, isKept ? 1 : 0, isUsed ? 1 : 0, 0, 0), sign);
        }
    }

    private void Note(AgentId agent, AgentStanding change, int sign)
    {
        var before = StandingOf(agent);
        _standings[agent] = new AgentStanding(
            before.Steps + (sign * change.Steps), before.Kept + (sign * change.Kept), before.Used + (sign * change.Used),
            before.Runs + (sign * change.Runs), before.Rewards + (sign * change.Rewards));
    }

    // What was given up cost a replay too.
    private static IEnumerable<DateTimeOffset> ReplayedAt(CandidateDecision decision) =>
        decision.Replays.Select(pair => pair.At).Concat(decision.Failures.Select(failure => failure.At));

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    private ReturnCounter CountReturns()
    {
        var counter = new ReturnCounter();
        foreach (var (_, id) in _runsByAge)
        {
            counter.Add(_runs[new RunId(id)]);
        }

        return counter;
    }

    private static IList<T> Linked<TKey, T>(IDictionary<TKey, SortedList<string, T>> links, TKey key)
        where TKey : notnull => links.TryGetValue(key, out var list) ? list.Values : [];

    // Sorted by ids, which are ordered by time: a state loaded in any order is the same as the one that was written.
    private static void Link<TKey, T>(IDictionary<TKey, SortedList<string, T>> links, TKey key, string id, T value)
        where TKey : notnull
    {
        if (!links.TryGetValue(key, out var list))
        {
            links.Add(key, list = new SortedList<string, T>(StringComparer.Ordinal));
        }

        list[id] = value;
    }

    private static void Unlink<TKey, T>(IDictionary<TKey, SortedList<string, T>> links, TKey key, string id)
        where TKey : notnull
    {
        if (links.TryGetValue(key, out var list) && list.Remove(id) && list.Count == 0)
        {
            links.Remove(key);
        }
    }
}
