using Orleans;

namespace MemoryCluster.Benchmarks.Engine;

internal sealed class BenchmarkGrain : Grain, IBenchmarkGrain
{
    private IBenchmarkGrain? _next;
    private long _count;

    public Task<SmallRecord> EchoAsync(SmallRecord record) => Task.FromResult(record with { Number = ++_count });

    public Task<SmallRecord> EchoWithTokenAsync(SmallRecord record, CancellationToken cancellationToken) => EchoAsync(record);

    public async Task<SmallRecord> YieldAsync(SmallRecord record)
    {
        await Task.Yield();
        return record;
    }

    public async Task<SmallRecord> ForwardAsync(SmallRecord record)
    {
        _next ??= GrainFactory.GetGrain<IBenchmarkGrain>(this.GetPrimaryKeyString() + "-next");
        return await _next.EchoAsync(record);
    }
}
