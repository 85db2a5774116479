namespace Orleans.Runtime;

/// <summary>The silo that the hash of the grain id points at.</summary>
public sealed class HashBasedPlacement : PlacementStrategy
{
    internal static HashBasedPlacement Singleton { get; } = new();
}
