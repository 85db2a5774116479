using MemoryCluster.LocalEngine.Runtime;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Hosting;

/// <summary>The silo of the activation that asks; for code outside of grains, the first.</summary>
internal sealed class LocalSiloDetails(Cluster cluster) : ILocalSiloDetails
{
    public string Name => Current.Name;

    public string ClusterId => "local";

    public SiloAddress SiloAddress => Current.Address;

    private Silo Current => (SynchronizationContext.Current as TurnContext)?.Silo ?? cluster.Silos[0];
}
