namespace MemoryCluster.LoadTests.Reports;

/// <summary>What was acknowledged, looked at again by id after the load.</summary>
/// <param name="Acknowledged">Writes that were answered with a stored memory.</param>
/// <param name="LookedAt">Of them: all, or as many as the bound allows, drawn by chance.</param>
/// <param name="Lost">Of those: absent or with another text.</param>
internal sealed record WriteCheck(long Acknowledged, long LookedAt, long Lost);
