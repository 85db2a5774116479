namespace MemoryCluster;

/// <summary>An answered idempotent request on its way to another store.</summary>
/// <param name="Key">The request's key.</param>
/// <param name="At">When it was carried out.</param>
/// <param name="Result">The answer, opaque to stores.</param>
[GenerateSerializer, Immutable, Alias("mc.TransferredOperation")]
public readonly record struct TransferredOperation(
    [property: Id(0)] Guid Key, [property: Id(1)] DateTimeOffset At, [property: Id(2)] ReadOnlyMemory<byte> Result);
