using MemoryCluster.Grains.Hosting;
using MemoryCluster.LocalEngine;
using Microsoft.Extensions.Hosting;

namespace MemoryCluster.TestKit.Clusters;

/// <summary>The live local engine, with three virtual silos, so that calls cross from one to another.</summary>
internal static class TestEngine
{
    private const int Silos = 3;

    public static void AddTestEngine(this IHostApplicationBuilder builder)
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
