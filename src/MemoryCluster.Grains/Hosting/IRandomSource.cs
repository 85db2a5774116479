namespace MemoryCluster.Grains.Hosting;

/// <summary>Where grains take their chance from: a generator for each, since a generator serves one thread at a time.</summary>
public interface IRandomSource
{
    /// <summary>A generator of the caller's own.</summary>
    Random Next();
}
