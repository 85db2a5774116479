using Orleans.Placement;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Tests.Grains;

[ActivationCountBasedPlacement]
internal sealed class EvenlyPlacedGrain(ILocalSiloDetails silo) : PlacedGrain(silo);
