using Orleans;
using Orleans.Concurrency;

namespace MemoryCluster.LocalEngine.Tests.Grains;

/// <summary>Watches itself: who is inside, at every step.</summary>
public interface IWitnessGrain : IGrainWithStringKey
{
    Task WriteAsync(int yields);

    [ReadOnly]
    Task ReadAsync(int yields);

    [AlwaysInterleave]
    Task InterleaveAsync(int yields);

    Task<string[]> ViolationsAsync();
}
