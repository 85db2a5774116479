namespace MemoryCluster.Host.Commands.Evaluation;

/// <summary>Passages to remember, team by team, and questions whose evidence lies in them.</summary>
internal sealed record EvaluationSet(string Name, IReadOnlyList<EvaluationTeam> Teams);
