namespace MemoryCluster;

/// <summary>One record of a store on its way to another.</summary>
/// <param name="Key">Its 128-bit key.</param>
/// <param name="Payload">Its bytes; empty where it is no more.</param>
/// <param name="IsErased">Whether the key is refused for ever, as that of a deleted memory.</param>
[GenerateSerializer, Immutable, Alias("mc.TransferredRecord")]
public readonly record struct TransferredRecord(
    [property: Id(0)] Guid Key, [property: Id(1)] ReadOnlyMemory<byte> Payload, [property: Id(2)] bool IsErased);
