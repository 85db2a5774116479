using Orleans.Placement;

namespace MemoryCluster.Grains.Placement;

/// <summary>Silos with an accelerator first; where there is none, every silo will do.</summary>
internal sealed class AcceleratorFilterStrategy(int order) : PlacementFilterStrategy(order)
{
    public AcceleratorFilterStrategy()
        : this(order: 0)
    {
    }
}
