namespace MemoryCluster.Grains.Hosting;

/// <summary>Generators that all follow from one seed: random at the composition root, fixed in a simulation.</summary>
public sealed class SeededRandomSource(int seed) : IRandomSource
{
    private readonly Lock _gate = new();
    private readonly Random _root = new(seed);

    /// <inheritdoc/>
    public Random Next()
    {
        lock (_gate)
        {
            return new Random(_root.Next());
        }
    }
}
