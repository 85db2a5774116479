using Orleans;
using Orleans.Concurrency;

namespace MemoryCluster.LocalEngine.Tests.Grains;

public interface ICounterGrain : IGrainWithStringKey
{
    Task<int> AddAsync(int amount);

    [ReadOnly]
    Task<int> ReadAsync();

    /// <summary>Which life of the grain answers, and on which silo.</summary>
    Task<string> WhoAsync();

    Task DieAsync();
}
