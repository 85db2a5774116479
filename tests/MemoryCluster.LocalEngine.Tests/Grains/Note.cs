using Orleans;

namespace MemoryCluster.LocalEngine.Tests.Grains;

[GenerateSerializer, Immutable]
public sealed record Note([property: Id(0)] string Text);
