namespace MemoryCluster.Gateway.Resources;

/// <summary>A draft and whose it is.</summary>
internal sealed record Draft(TeamId Team, AgentId Agent, MemoryDraft Memory);
