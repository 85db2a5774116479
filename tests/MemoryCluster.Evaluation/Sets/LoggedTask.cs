namespace MemoryCluster.Evaluation.Sets;

/// <summary>A task and all runs on it: parallel teams.</summary>
internal sealed record LoggedTask(string Set, string Id, IReadOnlyList<LoggedRun> Runs);
