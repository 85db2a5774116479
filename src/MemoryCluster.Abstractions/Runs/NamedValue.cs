namespace MemoryCluster;

/// <summary>A number with its name.</summary>
[GenerateSerializer, Immutable, Alias("mc.NamedValue")]
public readonly record struct NamedValue([property: Id(0)] string Name, [property: Id(1)] double Value);
