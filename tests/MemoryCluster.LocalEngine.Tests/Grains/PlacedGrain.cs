using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Tests.Grains;

internal abstract class PlacedGrain(ILocalSiloDetails silo) : Grain, IPlacedGrain
{
    public Task<string> WhereAsync() => Task.FromResult(silo.Name);

    public Task<string> WhereFromHereAsync(string prefix, string key) =>
        GrainFactory.GetGrain<IPlacedGrain>(key, prefix).WhereAsync();
}
