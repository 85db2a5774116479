using MemoryCluster.Admission.Replay;
using MemoryCluster.Embedders;
using MemoryCluster.Evaluation.Sets;

namespace MemoryCluster.Evaluation.Lift;

/// <summary>Takes runs one by one: first each recalls for its questions, and what it then knows is measured; then it is reported.</summary>
internal sealed class LiftStream(StaticEmbedder embedder, EvidenceReader reader, TextWriter? seen = null)
{
    private readonly Dictionary<string, ReplayedMemory> _read = new(StringComparer.Ordinal);

    /// <param name="arm">Who decides what is remembered.</param>
    /// <param name="taught">Runs that are reported before the first one is measured.</param>
    /// <param name="measured">Runs that are measured, each before it is reported.</param>
    /// <param name="grows">Whether those that are measured are reported too.</param>
    public async Task<LiftOutcome> RunAsync(LiftArm arm, IReadOnlyList<StreamRun> taught, IReadOnlyList<StreamRun> measured, bool grows = true)
    {
        var readings = new List<LiftReading>();
        ControllerView? view = null;
        // One stream a gate, each with all runs: a run is measured in the stream whose gate was not taught its task.
        foreach (var group in measured.GroupBy(arm.GateOf))
        {
            var users = measured.Where(run => run.Given.Count > 0).Select(UserOf);
            await using var memory = await ProductMemory.StartAsync(embedder, group.Key, arm.Policy, users);
            var tasks = new Dictionary<RunId, LoggedTask>();
            var mine = group.ToHashSet();
            foreach (var run in taught.Where(_ => arm.Reports))
            {
                tasks[(await memory.SubmitAsync(run.Run)).Run.Id] = run.Task;
            }

            foreach (var run in measured)
            {
                if (mine.Contains(run))
                {
                    readings.Add(await ReadAsync(memory, run, record => !arm.OthersOnly || record.Provenance.Run is not { } of || tasks[of] != run.Task));
                }

                if (arm.Reports && grows)
                {
                    tasks[(await memory.SubmitAsync(run.Run)).Run.Id] = run.Task;
                }
            }

            view = memory.View;
            _read.Clear();
        }

        return new LiftOutcome(readings, view!);
    }

    private async Task<LiftReading> ReadAsync(ProductMemory memory, StreamRun run, Func<MemoryRecord, bool> isShown)
    {
        var user = run.Given.Count > 0 ? UserOf(run) : (UserId?)null;
        foreach (var passage in run.Given)
        {
            await memory.HoldAsync(user!.Value, passage);
        }

        var given = $"{run.Run.Task}\n{run.Run.Input}";
        var readings = new List<EvidenceReading>();
        foreach (var question in StreamQuestion.Of(run.Run))
        {
            var hits = await memory.RecallAsync(run.Asked ?? question.Text, user, reader.TokensBeside(given), isShown);
            MemoryRecord[] recalled = [.. hits.Select(hit => hit.Memory)];
            var reading = reader.Read(question, given, recalled, record => ReaderOf(memory, record));
            seen?.WriteLine(
                $"{run.Task.Set} {run.Task.Id} trial {run.Trial}: {question.Text}\n  covered {reading.Coverage:0.00}, misled {reading.IsMisled}, answered {reading.IsAnswered}\n  "
                + string.Join("\n  ", recalled.Take(3).Select(record => record.Text.ReplaceLineEndings(" ¶ "))));
            readings.Add(reading);
        }

        return new LiftReading(
            run, readings.Count, readings.Sum(reading => reading.Coverage), readings.Count(reading => reading.IsMisled), readings.Count(reading => reading.IsAnswered));
    }

    private ReplayedMemory ReaderOf(ProductMemory memory, MemoryRecord record)
    {
        if (!_read.TryGetValue(record.Text, out var read))
        {
            _read[record.Text] = read = new ReplayedMemory(memory.CandidateOf(record));
        }

        return read;
    }

    private static UserId UserOf(StreamRun run) => new($"user-{run.Task.Id}");
}
