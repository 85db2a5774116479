using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>The silo that the hash of the grain id points at.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HashBasedPlacementAttribute : PlacementAttribute
{
    public HashBasedPlacementAttribute()
        : base(HashBasedPlacement.Singleton)
    {
    }
}
