namespace MemoryCluster.Host.Commands.Evaluation;

/// <summary>A question and the passages that hold its answer; at least one.</summary>
internal sealed record EvaluationQuestion(string Text, string Category, IReadOnlyList<string> Gold);
