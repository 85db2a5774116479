namespace MemoryCluster;

/// <summary>What a PUT left behind, and whether it is new.</summary>
[GenerateSerializer, Immutable, Alias("mc.PutResult`1")]
public sealed record PutResult<T>([property: Id(0)] T Value, [property: Id(1)] bool Created);
