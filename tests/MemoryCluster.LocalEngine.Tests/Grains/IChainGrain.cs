using Orleans;

namespace MemoryCluster.LocalEngine.Tests.Grains;

public interface IChainGrain : IGrainWithStringKey
{
    /// <summary>Calls b, which calls back, until the depth is 0.</summary>
    Task<int> DescendAsync(int depth, bool allow);

    Task<int> CallBackAsync(IChainGrain caller, int depth, bool allow);

    /// <summary>Calls the next grain, which calls the next.</summary>
    Task<int> CountAsync(int depth);
}
