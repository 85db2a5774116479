namespace MemoryCluster.Evaluation.Sets;

/// <summary>Passages, and questions whose evidence is among them.</summary>
internal sealed record RetrievalSet(string Name, IReadOnlyList<string> Passages, IReadOnlyList<Question> Questions);
