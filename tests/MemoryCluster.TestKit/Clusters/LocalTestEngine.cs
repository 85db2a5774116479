using MemoryCluster.Grains.Hosting;
using MemoryCluster.LocalEngine;
using Microsoft.Extensions.Hosting;

namespace MemoryCluster.TestKit.Clusters;

/// <summary>The live local engine, with three virtual silos, so that calls cross from one to another.</summary>
public static class TestEngine
{
    private const int Silos = 3;

    /// <summary>Nothing: the silos are all in the first host.</summary>
    public static Task<IReadOnlyList<IHost>> WidenAsync(Func<IHost> buildSecond) => Task.FromResult<IReadOnlyList<IHost>>([]);

    /// <summary>Adds the engine; it has all its silos in one host, so that there is no first one.</summary>
    public static void AddTestEngine(this IHostApplicationBuilder builder, IHost? first = null)
    {
        builder.Services.AddLocalEngine(engine =>
        {
            engine.GrainAssemblies.Add(typeof(GrainServiceCollectionExtensions).Assembly);
            for (var silo = 0; silo < Silos; silo++)
            {
                engine.Silos.Add(new SiloOptions());
            }
        });
    }
}
