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
        var others = state.EntriesThatAsked(entry.Task).ToArray();
        var same = others.Select(other => other.StepOf(entry.Actions[candidate.Step])).OfType<RunStep>().ToArray();
        var recurrence = state.Recurrence.ViewOf(StepKinds.Of(step.Tool, asked, FailureSigns.In(step.Output), run.Domain)) with
        {
            ActionRuns = same.Length,
            ActionContradicted = same.Any(taken => taken.Output != step.Output),
            OthersActive = OthersExpected,
            RunSteps = candidate.Step,
            RunFailures = run.Steps.Take(candidate.Step).Count(earlier => FailureSigns.In(earlier.Output)),
            RunRepeated = entry.Actions.Take(candidate.Step).Contains(entry.Actions[candidate.Step]),
            RunShared = entry.Actions.Take(candidate.Step).Count(earlier => Array.Exists(others, other => other.StepOf(earlier) is not null)),
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

    private static double UniformOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        Hash128.Of("chance", id.ToString("N")).TryWriteBytes(bytes);
        return (BinaryPrimitives.ReadUInt64LittleEndian(bytes) >> 11) * (1.0 / (1UL << 53));
    }
}
