using MemoryCluster.LocalEngine.Runtime;
using Orleans.Runtime;
using Orleans.Streams;

namespace MemoryCluster.LocalEngine.Streams;

internal sealed class MemoryStreamProvider(string name, Cluster cluster) : IStreamProvider
{
    public string Name => name;

    public bool IsRewindable => false;

    public IAsyncStream<T> GetStream<T>(StreamId streamId) => new LocalStream<T>(cluster.Streams, name, streamId);
}
