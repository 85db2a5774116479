using MemoryCluster.LocalEngine.Tests.Grains;
using Orleans;

namespace MemoryCluster.LocalEngine.Tests.Engines;

/// <summary>A running engine, as a fact sees it.</summary>
internal sealed record Scene(IClusterClient Grains, Log Log, TimeProvider Clock, Func<TimeSpan, Task> PassAsync);
