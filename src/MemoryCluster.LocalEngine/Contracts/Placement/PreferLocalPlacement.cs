namespace Orleans.Runtime;

/// <summary>The silo of the caller when it is compatible.</summary>
public sealed class PreferLocalPlacement : PlacementStrategy
{
    internal static PreferLocalPlacement Singleton { get; } = new();
}
