using MemoryCluster.LocalEngine.Runtime;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Proxies;

/// <summary>Makes a reference of one emitted class.</summary>
internal delegate GrainProxy ProxyFactory(GrainBinding binding, GrainId grainId);
