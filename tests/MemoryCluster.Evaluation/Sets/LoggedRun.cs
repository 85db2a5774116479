namespace MemoryCluster.Evaluation.Sets;

/// <summary>An agent's run on a task as its log tells it, with the text that the agent was given.</summary>
internal sealed record LoggedRun(string Task, double Reward, IReadOnlyList<LoggedStep> Steps);
