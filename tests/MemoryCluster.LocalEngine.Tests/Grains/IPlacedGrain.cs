using Orleans;

namespace MemoryCluster.LocalEngine.Tests.Grains;

public interface IPlacedGrain : IGrainWithStringKey
{
    /// <summary>The silo, and what the silo of the named grain is, as it is called from here.</summary>
    Task<string> WhereAsync();

    Task<string> WhereFromHereAsync(string prefix, string key);
}
