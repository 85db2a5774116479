namespace Orleans.Runtime;

/// <summary>The least loaded of two random silos.</summary>
public sealed class ActivationCountBasedPlacement : PlacementStrategy
{
    internal static ActivationCountBasedPlacement Singleton { get; } = new();
}
