using MemoryCluster.Admission.Gate;

namespace MemoryCluster.Controller;

/// <summary>A run with what its steps did, worked out once.</summary>
/// <param name="Record">The run.</param>
/// <param name="Task">The hash of its task.</param>
/// <param name="Actions">What each step did, by <see cref="ActionKey"/>.</param>
internal sealed record RunEntry(RunRecord Record, Guid Task, ImmutableArray<Guid> Actions)
{
    /// <summary>The run's task and its calls of tools, each once.</summary>
    public ImmutableArray<Guid> Questions { get; } = [.. ControllerState.QuestionsOf(Record.Run)];

    public static RunEntry Of(RunRecord record) =>
        new(record, ControllerState.TaskOf(record.Run), [.. record.Run.Steps.Select(step => ActionKey.Of(step.Tool, step.Input ?? step.Summary))]);

    /// <summary>By what runs that took the same step are found: its tool's call, or else the task.</summary>
    public Guid QuestionOf(int step) => Record.Run.Steps[step] is { Tool: not null, Input: not null } ? Actions[step] : Task;

    /// <summary>The first step that did this; null where none did.</summary>
    public RunStep? StepOf(Guid action)
    {
        for (var i = 0; i < Actions.Length; i++)
        {
            if (Actions[i] == action && !Record.Run.Steps[i].Erased)
            {
                return Record.Run.Steps[i];
            }
        }

        return null;
    }
}
