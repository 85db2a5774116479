namespace MemoryCluster;

/// <summary>What an outcome is split by, of one memory that it used.</summary>
/// <param name="Id">The memory.</param>
/// <param name="Utility">What use has shown of it so far, in whatever team's shard it lies.</param>
/// <param name="Marginal">What the recall's run would have known less without it, -1 to 1, by replay; null where that was not measured.</param>
[GenerateSerializer, Immutable, Alias("mc.CreditBasis")]
public readonly record struct CreditBasis(
    [property: Id(0)] MemoryId Id,
    [property: Id(1)] MemoryUtility Utility,
    [property: Id(2)] double? Marginal);
