using System.Collections.Immutable;
using MemoryCluster.LocalEngine.Runtime;

namespace MemoryCluster.LocalEngine.Hosting;

/// <summary>Makes silos as the options describe them.</summary>
internal static class SiloFactory
{
    public static int CountOf(LocalEngineOptions options) => Math.Max(1, options.Silos.Count);

    public static Silo Create(LocalEngineOptions options, int index, int generation)
    {
        var described = index < options.Silos.Count ? options.Silos[index] : new SiloOptions();
        var metadata = ImmutableDictionary.CreateRange(StringComparer.Ordinal, described.Metadata);
        return new Silo(index, generation, described.Name ?? $"silo-{index}", new() { Metadata = metadata });
    }
}
