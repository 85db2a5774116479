using Orleans;

namespace MemoryCluster.Benchmarks.Engine;

[GenerateSerializer, Immutable]
public sealed record SmallRecord([property: Id(0)] string Text, [property: Id(1)] long Number);
