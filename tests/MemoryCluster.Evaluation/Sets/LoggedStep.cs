namespace MemoryCluster.Evaluation.Sets;

/// <summary>A step of an agent's log: the tool, what it was given, why, and what was observed.</summary>
internal sealed record LoggedStep(string Tool, string Input, string Thought, string Output);
