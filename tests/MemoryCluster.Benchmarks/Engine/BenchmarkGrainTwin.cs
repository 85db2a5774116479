namespace MemoryCluster.Benchmarks.Engine;

/// <summary>The same work without an engine: what awaiting alone costs.</summary>
internal sealed class BenchmarkGrainTwin
{
    private long _count;

    public Task<SmallRecord> EchoAsync(SmallRecord record) => Task.FromResult(record with { Number = ++_count });
}
