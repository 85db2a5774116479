using MemoryCluster.LocalEngine.Runtime;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Streams;

/// <summary>The grain that a subscription belongs to, whichever activation of it lives.</summary>
internal sealed record Consumer(GrainClass GrainClass, GrainId GrainId);
