using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Hosting;

internal sealed class GrainContextAccessor : IGrainContextAccessor
{
    public IGrainContext GrainContext => RuntimeContext.Current!;
}
