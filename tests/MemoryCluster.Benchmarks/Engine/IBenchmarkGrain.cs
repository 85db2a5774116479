using Orleans;

namespace MemoryCluster.Benchmarks.Engine;

public interface IBenchmarkGrain : IGrainWithStringKey
{
    Task<SmallRecord> EchoAsync(SmallRecord record);

    Task<SmallRecord> EchoWithTokenAsync(SmallRecord record, CancellationToken cancellationToken);

    Task<SmallRecord> YieldAsync(SmallRecord record);

    Task<SmallRecord> ForwardAsync(SmallRecord record);
}
