using Orleans;

namespace MemoryCluster.LocalEngine.Tests.Grains;

public interface IImmortalGrain : IGrainWithStringKey
{
    Task<int> TouchAsync();
}
