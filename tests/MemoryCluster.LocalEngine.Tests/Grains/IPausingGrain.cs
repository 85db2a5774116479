using Orleans;
using Orleans.Concurrency;

namespace MemoryCluster.LocalEngine.Tests.Grains;

public interface IPausingGrain : IGrainWithStringKey
{
    /// <summary>Waits at the door.</summary>
    Task PauseAsync(string door);

    [AlwaysInterleave]
    Task<string> WhereAsync();

    Task LeaveThreadAsync();
}
