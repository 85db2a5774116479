using Orleans.Placement;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Tests.Grains;

[HashBasedPlacement]
internal sealed class HashPlacedGrain(ILocalSiloDetails silo) : PlacedGrain(silo);
