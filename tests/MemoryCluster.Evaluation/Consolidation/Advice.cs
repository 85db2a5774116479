namespace MemoryCluster.Evaluation.Consolidation;

/// <summary>A piece of advice that an agent learnt, with the occasion that it is for.</summary>
internal sealed record Advice(AgentId Author, string WhenToUse, string Content);
