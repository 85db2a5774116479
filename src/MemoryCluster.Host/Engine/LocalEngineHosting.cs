using MemoryCluster.Grains.Hosting;
using MemoryCluster.Host.Serving;
using MemoryCluster.LocalEngine;

namespace MemoryCluster.Host.Engine;

/// <summary>Grains on the local engine: virtual silos in this process.</summary>
internal static class EngineHosting
{
    public static void AddEngine(this IHostApplicationBuilder builder, ServeOptions options) =>
        builder.Services.AddLocalEngine(engine =>
        {
            engine.GrainAssemblies.Add(typeof(GrainServiceCollectionExtensions).Assembly);
            for (var silo = 0; silo < options.Silos; silo++)
            {
                engine.Silos.Add(new SiloOptions());
            }
        });
}
