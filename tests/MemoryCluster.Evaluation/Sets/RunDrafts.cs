namespace MemoryCluster.Evaluation.Sets;

/// <summary>Logged runs as their agents would report them.</summary>
internal static class RunDrafts
{
    public static RunDraft Of(LoggedRun run, AgentId agent) => new()
    {
        Agent = agent, Task = run.Task, Input = "", WrittenBy = default,
        Outcome = new RunOutcome { Reward = run.Reward, Answer = run.Answer.Length > 0 ? run.Answer : null },
        Steps =
        [
            .. run.Steps.Select(step => new RunStep
            {
                Agent = agent, Tool = step.Tool.Length > 0 ? step.Tool : null, Input = step.Input, Output = step.Output,
                Summary = step.Thought.Length > 0 ? step.Thought : step.Tool.Length > 0 ? step.Tool : "say",
            }),
        ],
    };
}
