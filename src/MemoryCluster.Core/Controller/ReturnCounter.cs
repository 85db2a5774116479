using MemoryCluster.Admission.Gate;

namespace MemoryCluster.Controller;

/// <summary>
/// Counts which kinds of step come back, from runs in their order. That nobody has taken a step again says nothing while nobody had occasion to:
/// a step that did not come back counts once a later run had its run's task or took one of its steps, or once many runs have passed.
/// </summary>
internal sealed class ReturnCounter
{
    // Nobody has come back to it in so many runs: it was a task of its own. Too few, and a team that works through a list of tasks a second time
    // would have unlearned by then that they come back.
    private const int RunsMax = 256;

    // Runs that took a step, the latest: whether they agree does not hang on more.
    private const int TakersMax = 32;

    private readonly Dictionary<Guid, List<RunEntry>> _asked = [];
    private readonly Dictionary<RunId, List<StepKinds>> _waiting = [];
    private readonly Queue<RunId> _order = [];

    public RecurrenceRecord Record { get; } = new();

    /// <summary>Whether somebody had occasion to take the run's steps again, as far as that can be told.</summary>
    public bool HadOccasion(RunId run) => !_waiting.ContainsKey(run);

    /// <summary>Counts the next run.</summary>
    public void Add(RunEntry entry)
    {
        foreach (var question in entry.Questions)
        {
            // Those before the last one had their occasion when the last one came.
            if (_asked.TryGetValue(question, out var earlier))
            {
                End(earlier[^1].Record.Id);
            }
        }

        _waiting.Add(entry.Record.Id, FirstsOf(entry));
        foreach (var question in entry.Questions)
        {
            if (!_asked.TryGetValue(question, out var asked))
            {
                _asked.Add(question, asked = []);
            }

            asked.Add(entry);
        }

        _order.Enqueue(entry.Record.Id);
        if (_order.Count > RunsMax)
        {
            End(_order.Dequeue());
        }
    }

    private List<StepKinds> FirstsOf(RunEntry entry)
    {
        var firsts = new List<StepKinds>();
        foreach (var (index, step) in entry.Record.Run.Steps.Index().Where(step => !step.Item.Erased))
        {
            var kinds = StepKinds.Of(step.Tool, step.Input ?? step.Summary, FailureSigns.In(step.Output), entry.Record.Run.Domain);
            RunStep[] same = _asked.TryGetValue(entry.QuestionOf(index), out var asked)
                ? [.. asked.TakeLast(TakersMax).Select(other => other.StepOf(entry.Actions[index])).OfType<RunStep>()]
                : [];
            if (same.Length == 0)
            {
                firsts.Add(kinds);
            }
            else if (Array.Exists(same, taken => taken.Output == step.Output))
            {
                Record.NoteAgain(kinds, isFirstReturn: same.Length == 1);
            }
            else
            {
                Record.NoteContradicted(kinds);
            }
        }

        return firsts;
    }

    private void End(RunId run)
    {
        if (_waiting.Remove(run, out var firsts))
        {
            firsts.ForEach(Record.NoteFirst);
        }
    }
}
