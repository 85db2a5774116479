using MemoryCluster.Admission.Replay;
using MemoryCluster.Admission.Runs;
using MemoryCluster.Statements;

namespace MemoryCluster.Evaluation.Lift;

/// <summary>A question that a run is about to put, and what it will find: as the built-in replayer reads runs.</summary>
internal sealed record StreamQuestion(string Text, ReplayQuestion Read)
{
    public static IReadOnlyList<StreamQuestion> Of(RunDraft run) =>
    [
        .. from step in run.Steps
           where !RunSigns.IsFailure(step.Output)
           let text = step.Input is { } input ? $"{step.Tool} {input}".TrimStart() : step.Summary
           let found = StatementText.Read(step.Output)
           where found.Claims.Count > 0
           select new StreamQuestion(text, new ReplayQuestion(step.Tool is null ? null : RunSigns.SignatureOf(step), new Statement(text), found)),
    ];
}
