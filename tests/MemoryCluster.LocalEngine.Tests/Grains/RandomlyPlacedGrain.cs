using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Tests.Grains;

internal sealed class RandomlyPlacedGrain(ILocalSiloDetails silo) : PlacedGrain(silo);
