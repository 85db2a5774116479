using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>Any compatible silo; the default.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RandomPlacementAttribute : PlacementAttribute
{
    public RandomPlacementAttribute()
        : base(RandomPlacement.Singleton)
    {
    }
}
