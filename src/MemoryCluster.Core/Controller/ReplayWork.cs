using MemoryCluster.Admission.Replay;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Controller;

/// <summary>
/// The replays that are made outside of the cluster. Which are to be made follows from decisions and runs, so that a crash loses none; what came
/// of one is kept with its decision in one step, so that whatever is answered twice counts once.
/// </summary>
internal sealed class ReplayWork(ControllerState state, ControllerEngineOptions options, ReplayAccess access)
{
    // Runs that put a candidate's question, the latest: as many as the built-in replayer reads.
    private const int RunsMax = 32;

    // The two were replayed by different things: their difference says nothing of the memory.
    private const string VersionChanged = "version_changed";

    // Replays asked for again today, which decide nothing and so are kept nowhere.
    private (DateOnly Day, int Count) _rerun;

    /// <summary>Whether there may be something to replay.</summary>
    public bool HasSome => state.DueCount > 0;

    /// <summary>Replays to be made now, of the oldest decisions first and of each decision one at a time, so that its test can stop early.</summary>
    /// <param name="directory">Who may see what, and who replays.</param>
    /// <param name="busy">Decisions of which one is being made.</param>
    /// <param name="max">How many may be made at a time, with those under way.</param>
    /// <param name="now">What day it is.</param>
    public ImmutableArray<ReplayJob> Next(DirectorySnapshot directory, IReadOnlySet<Guid> busy, int max, DateTimeOffset now)
    {
        var room = Math.Min(max, LeftOn(now)) - busy.Count;
        var jobs = ImmutableArray.CreateBuilder<ReplayJob>();
        foreach (var id in state.Due.ToArray())
        {
            if (jobs.Count >= room)
            {
                break;
            }

            if (!busy.Contains(id) && NextOf(id, directory) is { } job)
            {
                jobs.Add(job);
            }
        }

        return jobs.ToImmutable();
    }

    /// <summary>Whether a job is still to be done as it stands: nothing of it was deleted or forgotten, and its replayer may be told all of it.</summary>
    public bool IsWanted(ReplayJob job, DirectorySnapshot directory) =>
        state.Find(job.Decision) is { } candidate && IsTested(candidate) && !IsDone(candidate, job.Run) && candidate.Content!.Text == job.With.Memory
        && state.Find(job.Run) is { } run && MayReplay(candidate, run, directory);

    /// <summary>
    /// The recorded replays of a memory as jobs, to be asked for again within what is left of the day; those whose run or text is gone are left out.
    /// </summary>
    public ImmutableArray<(ReplayPair Pair, ReplayJob Job)> TakeRecorded(StoredCandidate candidate, DirectorySnapshot directory, DateTimeOffset now)
    {
        var recorded = Recorded(candidate, directory).Take(LeftOn(now)).ToImmutableArray();
        _rerun = (DayOf(now), RerunOn(now) + recorded.Length);
        return recorded;
    }

    private IEnumerable<(ReplayPair Pair, ReplayJob Job)> Recorded(StoredCandidate candidate, DirectorySnapshot directory) =>
        from pair in candidate.Decision.Replays
        where pair.Trace is not null && candidate.Content is not null && candidate.Decision.Memory is not null
        let run = state.Find(pair.Run)
        where run is not null && MayReplay(candidate, run, directory)
        select (pair, JobOf(candidate, run));

    public Step<bool> Note(ReplayJob job, ReplayResult result, PendingBatch batch)
    {
        if (batch.Touches(job.Decision) || batch.Touches(StoredControllerRecord.KeyOf(job.Run)))
        {
            return new Step<bool>.Wait();
        }

        // Forgotten, deleted, decided or noted meanwhile: it comes too late.
        if (state.Find(job.Decision) is not { } candidate || !IsTested(candidate) || IsDone(candidate, job.Run) || state.Find(job.Run) is not { } run)
        {
            return new Step<bool>.Answer(false);
        }

        var noted = With(candidate, job, run, result, batch.At);
        var mutation = ControllerEngine.Mutation(batch, new StoredControllerRecord { Candidate = noted });
        return new Step<bool>.Write([mutation], () => state.Put(noted), true);
    }

    private int LeftOn(DateTimeOffset now) => Math.Max(0, state.Policy.ReplaysPerDay - state.ReplaysOn(now) - RerunOn(now));

    private int RerunOn(DateTimeOffset now) => _rerun.Day == DayOf(now) ? _rerun.Count : 0;

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    // Its memory stands, undecided, and some run may still speak for it or against it.
    private static bool IsTested(StoredCandidate candidate) =>
        RunWork.IsTested(candidate) && candidate.Decision.Replayer != ReplayerNames.Evidence && PairedTest.Judge(candidate.Decision) == ReplayVerdict.Open;

    private static bool IsDone(StoredCandidate candidate, RunId run) =>
        candidate.Decision.Replays.Any(pair => pair.Run == run) || candidate.Decision.Failures.Any(failure => failure.Run == run);

    private ReplayJob? NextOf(Guid id, DirectorySnapshot directory)
    {
        var candidate = state.Find(id)!;
        var runs = IsTested(candidate) ? RunsOf(candidate).ToArray() : [];
        if (runs.Length == 0)
        {
            state.RemoveDue(id);
            return null;
        }

        return Array.Find(runs, run => MayReplay(candidate, run, directory)) is { } next ? JobOf(candidate, next) : null;
    }

    // Its own run first, which can speak against it, then those that put its question, in their order.
    private IEnumerable<RunRecord> RunsOf(StoredCandidate candidate)
    {
        var own = candidate.Decision.Run;
        var others = candidate.Question is { } question ? state.RunsThatAsked(question).Where(run => run.Id != own).Take(RunsMax).Reverse() : [];
        return others.Prepend(state.Find(own)).OfType<RunRecord>().Where(run => ReplayerOf(run) == candidate.Decision.Replayer && !IsDone(candidate, run.Id));
    }

    private bool MayReplay(StoredCandidate candidate, RunRecord run, DirectorySnapshot directory) =>
        IsThere(candidate.Decision.Replayer, run, directory) && state.Find(candidate.Decision.Run)?.Run is { } source
        && access.MaySee(run.Run, candidate.Content!, source, directory);

    // A model's answer is scored against the right one, so that there must be one.
    private bool IsThere(string replayer, RunRecord run, DirectorySnapshot directory) => options.BuiltInReplayers.Contains(replayer)
        ? replayer != ReplayerNames.Chat || ReplayContext.AnswerOf(run.Run) is not null
        : directory.Replayers.ContainsKey(replayer);

    public static string ReplayerOf(RunRecord run) => run.Run.Evaluation?.Replayer ?? ReplayerNames.Evidence;

    private static ReplayJob JobOf(StoredCandidate candidate, RunRecord run) => new()
    {
        Decision = candidate.Decision.Id, Memory = candidate.Decision.Memory!.Value, Run = run.Id, Replayer = candidate.Decision.Replayer,
        Without = ReplayRequests.Without(run, candidate.Decision.Id),
        With = ReplayRequests.With(run, candidate.Decision.Id, candidate.Content!.Text, candidate.Content.Kind),
    };

    private static StoredCandidate With(StoredCandidate candidate, ReplayJob job, RunRecord run, ReplayResult result, DateTimeOffset at) => result switch
    {
        ReplayResult.Answered answered when answered.Without.Version != answered.With.Version => Failed(candidate, job, VersionChanged, 2, at),
        ReplayResult.Answered answered => Answered(candidate, job, run, answered, at),
        ReplayResult.Failed failed => Failed(candidate, job, failed.Reason, failed.Attempts, at),
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, "A new result needs to be noted here."),
    };

    private static StoredCandidate Failed(StoredCandidate candidate, ReplayJob job, string reason, int attempts, DateTimeOffset at) => candidate with
    {
        Decision = candidate.Decision with { Failures = candidate.Decision.Failures.Add(new ReplayFailure(job.Run, reason, attempts, at)) },
    };

    private static StoredCandidate Answered(StoredCandidate candidate, ReplayJob job, RunRecord run, ReplayResult.Answered answers, DateTimeOffset at)
    {
        var before = candidate.Decision;
        var trace = new ReplayTrace(job.Replayer, answers.With.Version, job.Without.Fingerprint, job.With.Fingerprint, job.Without.Seeds);
        var pair = TracedReplay.Pair(run, run.Id == before.Run, trace, ScoreOf(answers.Without), ScoreOf(answers.With), before.Terms, at);
        var pairs = before.Replays.Add(pair);
        var after = RunWork.Judged(before with { Replays = pairs, Effect = PairedTest.EstimateOf(pairs, before.Terms) });
        return after.Decision == before.Decision
            ? candidate with { Decision = after }
            : candidate with { Decision = after, Revision = candidate.Revision + 1 };
    }

    private static ReplayScore ScoreOf(ReplayAnswer answer) => new(answer.Reward, answer.Tokens, answer.LatencyMs);
}
