using Orleans.Placement;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Tests.Grains;

[PreferLocalPlacement]
internal sealed class LocallyPlacedGrain(ILocalSiloDetails silo) : PlacedGrain(silo);
