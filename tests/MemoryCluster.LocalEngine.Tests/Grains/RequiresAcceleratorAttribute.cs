using Orleans.Placement;

namespace MemoryCluster.LocalEngine.Tests.Grains;

[AttributeUsage(AttributeTargets.Class)]
internal sealed class RequiresAcceleratorAttribute() : PlacementFilterAttribute(new AcceleratorFilterStrategy());
