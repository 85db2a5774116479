using Orleans;

namespace MemoryCluster.LocalEngine.Tests.Grains;

public interface IWorkerGrain : IGrainWithStringKey
{
    Task<string> WorkAsync(string door);
}
