using Orleans.Placement;

namespace MemoryCluster.Grains.Placement;

/// <summary>Places the grain on a silo that says <c>accelerator=gpu</c>, if there is one.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PreferAcceleratorAttribute() : PlacementFilterAttribute(new AcceleratorFilterStrategy());
