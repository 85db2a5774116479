using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Tests.Grains;

[RequiresAccelerator]
internal sealed class GpuPlacedGrain(ILocalSiloDetails silo) : PlacedGrain(silo);
