namespace MemoryCluster.Evaluation.Sets;

/// <summary>A question, and the positions of the passages that answer it.</summary>
internal sealed record Question(string Text, IReadOnlyList<int> Gold);
