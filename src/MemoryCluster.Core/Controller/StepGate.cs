using System.Buffers.Binary;
using MemoryCluster.Admission.Gate;
using MemoryCluster.Admission.Runs;
using MemoryCluster.Records;

namespace MemoryCluster.Controller;

/// <summary>Asks the learned gate, with what the controller knows of a step's kind, its agent and the runs of its task.</summary>
internal sealed class StepGate(ControllerState state)
{
    // A bank that outlives its tasks is never done: somebody may always come and ask.
    private const int OthersExpected = 1;

    // Of a popular call the latest takers tell enough.
    private const int TakersMax = 32;

    /// <summary>The decision, and what it rests on by name.</summary>
    /// <param name="candidate">What is decided on.</param>
    /// <param name="record">Its run, which is not applied yet.</param>
    /// <param name="id">The decision's id: chance follows from it, so that a log gives the same decisions again.</param>
    public (GateDecision Decision, ImmutableArray<NamedValue> Features) Decide(Candidate candidate, RunRecord record, Guid id)
    {
        var run = record.Run;
        var step = run.Steps[candidate.Step];
        var asked = step.Input ?? step.Summary;
        var entry = RunEntry.Of(record);
        var same = TakersOf(entry, candidate.Step).ToArray();
        var shared = Enumerable.Range(0, candidate.Step).Count(earlier => TakersOf(entry, earlier).Any());
        // Where nobody has been on the way yet, that nobody shares it says nothing.
        var hasCompany = shared > 0 || state.EntriesThatAsked(entry.Task).Any();
        var recurrence = state.Recurrence.ViewOf(StepKinds.Of(step.Tool, asked, FailureSigns.In(step.Output), run.Domain)) with
        {
            ActionRuns = same.Length,
            ActionContradicted = same.Any(taken => taken.Output != step.Output),
            OthersActive = OthersExpected,
            RunSteps = hasCompany ? candidate.Step : 0,
            RunFailures = run.Steps.Take(candidate.Step).Count(earlier => FailureSigns.In(earlier.Output)),
            RunRepeated = entry.Actions.Take(candidate.Step).Contains(entry.Actions[candidate.Step]),
            RunShared = shared,
        };
        var features = GateFeatures.Of(new GateInput
        {
            Task = run.Task, Input = asked, Summary = step.Summary, Output = candidate.Kind == MemoryKind.Step ? step.Output : candidate.Text,
            Tool = step.Tool, Step = candidate.Step, Agent = state.StandingOf(step.Agent), Recurrence = recurrence,
            Bank = new BankView
            {
                Size = state.KeptCount,
                HasStep = same.Any(taken => taken.Output == step.Output),
                Contradicts = same.Any(taken => taken.Output != step.Output),
            },
        });
        var named = ImmutableArray.CreateBuilder<NamedValue>(features.Length);
        for (var i = 0; i < features.Length; i++)
        {
            named.Add(new NamedValue(FeatureWeights.NameOf((GateFeature)i), features[i]));
        }

        return (LearnedGate.Decide(state.Gate.Active, features, UniformOf(id)), named.MoveToImmutable());
    }

    // Whoever made the same call of a tool, on whatever task: the same task is seldom put in the same words. Without a tool, on this task.
    private IEnumerable<RunStep> TakersOf(RunEntry entry, int step) =>
        state.EntriesThatAsked(entry.QuestionOf(step)).Take(TakersMax).Select(other => other.StepOf(entry.Actions[step])).OfType<RunStep>();

    private static double UniformOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        Hash128.Of("chance", id.ToString("N")).TryWriteBytes(bytes);
        return (BinaryPrimitives.ReadUInt64LittleEndian(bytes) >> 11) * (1.0 / (1UL << 53));
    }
}
