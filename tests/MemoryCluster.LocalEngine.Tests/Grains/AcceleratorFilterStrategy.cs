using Orleans.Placement;

namespace MemoryCluster.LocalEngine.Tests.Grains;

internal sealed class AcceleratorFilterStrategy(int order) : PlacementFilterStrategy(order)
{
    public AcceleratorFilterStrategy()
        : this(order: 0)
    {
    }
}
