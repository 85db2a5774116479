namespace MemoryCluster;

/// <summary>The end of one memory.</summary>
/// <param name="Id">Which.</param>
/// <param name="CascadeDerived">Whether what was derived from it goes too.</param>
/// <param name="Operation">Set where the request carried an idempotency key.</param>
[GenerateSerializer, Immutable, Alias("mc.DeleteCommand")]
public sealed record DeleteCommand(
    [property: Id(0)] MemoryId Id,
    [property: Id(1)] bool CascadeDerived,
    [property: Id(2)] OperationId? Operation);
