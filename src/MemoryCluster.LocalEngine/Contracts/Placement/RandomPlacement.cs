namespace Orleans.Runtime;

/// <summary>Any compatible silo; the default.</summary>
public sealed class RandomPlacement : PlacementStrategy
{
    internal static RandomPlacement Singleton { get; } = new();
}
