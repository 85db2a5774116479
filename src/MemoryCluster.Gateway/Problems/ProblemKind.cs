namespace MemoryCluster.Gateway.Problems;

/// <summary>A kind of refusal: its status and its stable code.</summary>
internal sealed record ProblemKind(int Status, string Code);
