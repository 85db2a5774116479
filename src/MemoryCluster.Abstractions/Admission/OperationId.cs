namespace MemoryCluster;

/// <summary>An idempotent request: the same key with the same body has one effect and one answer, for 24 hours.</summary>
/// <param name="Key">128 bits of SHA-256 over the principal, the operation and the caller's key.</param>
/// <param name="Body">128 bits of SHA-256 over the body.</param>
[GenerateSerializer, Immutable, Alias("mc.OperationId")]
public readonly record struct OperationId([property: Id(0)] Guid Key, [property: Id(1)] Guid Body);
