namespace MemoryCluster.Evaluation.Teams;

/// <summary>A question, the team that asks it, and the passages that answer it.</summary>
internal sealed record DealtQuestion(string Text, int Team, IReadOnlyList<string> Gold);
