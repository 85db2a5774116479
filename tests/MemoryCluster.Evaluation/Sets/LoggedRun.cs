namespace MemoryCluster.Evaluation.Sets;

/// <summary>An agent's run on a task as its log tells it, with the text that the agent was given.</summary>
/// <param name="Answer">What it thought and said at its end, where the log has an end apart from its steps.</param>
internal sealed record LoggedRun(string Task, double Reward, IReadOnlyList<LoggedStep> Steps, string Answer = "");
