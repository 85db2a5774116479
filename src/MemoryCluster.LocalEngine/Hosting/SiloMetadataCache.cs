using MemoryCluster.LocalEngine.Runtime;
using Orleans.Runtime;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace MemoryCluster.LocalEngine.Hosting;

internal sealed class SiloMetadataCache(Cluster cluster) : ISiloMetadataCache
{
    public SiloMetadata GetSiloMetadata(SiloAddress siloAddress) =>
        cluster.Silos.FirstOrDefault(silo => silo.Address.Equals(siloAddress))?.Metadata ?? SiloMetadata.Empty;
}
