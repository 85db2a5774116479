using Orleans;
using Orleans.Concurrency;

namespace MemoryCluster.LocalEngine.Tests.Grains;

/// <summary>Methods that say when they begin and end, and wait in between at a door of their argument's name.</summary>
public interface ITurnGrain : IGrainWithStringKey
{
    Task WriteAsync(string door);

    [ReadOnly]
    Task ReadAsync(string door);

    [AlwaysInterleave]
    Task InterleaveAsync(string door);

    [OneWay]
    Task TellAsync(string door);
}
