using MemoryCluster.Contract;

namespace MemoryCluster.Host.Commands.Evaluation;

/// <summary>A passage: the name by which questions refer to it, and the memory that it becomes, whose team is filled in later.</summary>
internal sealed record EvaluationPassage(string EvidenceId, RememberRequest Memory);
