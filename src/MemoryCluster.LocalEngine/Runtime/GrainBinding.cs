using MemoryCluster.LocalEngine.Proxies;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Runtime;

/// <summary>A grain interface as one cluster implements it.</summary>
internal sealed class GrainBinding(Cluster cluster, Type @interface, GrainClass grainClass)
{
    private readonly ProxyFactory _create = ProxyTypes.Of(@interface);

    public Cluster Cluster { get; } = cluster;

    public Type Interface { get; } = @interface;

    public GrainClass GrainClass { get; } = grainClass;

    public GrainProxy Create(GrainId grainId) => _create(this, grainId);
}
