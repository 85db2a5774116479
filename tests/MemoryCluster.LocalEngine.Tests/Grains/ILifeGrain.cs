using Orleans;

namespace MemoryCluster.LocalEngine.Tests.Grains;

public interface ILifeGrain : IGrainWithStringKey
{
    Task<int> TouchAsync();

    Task<int> HoldAsync(string door);

    Task StayAsync(TimeSpan time);

    Task EndAsync();
}
