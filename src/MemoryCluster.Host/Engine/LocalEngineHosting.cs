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

    /// <summary>What the engine of this build has not.</summary>
    public static IEnumerable<string> ErrorsOf(ServeOptions options)
    {
        if (options.Role != HostRole.All)
        {
            yield return $"--role is {options.Role.ToString().ToLowerInvariant()}: this build has the local engine, whose process is all of it. Build with -p:Engine=Orleans.";
        }

        if (options.Name is not null)
        {
            yield return "--name is of a silo in a cluster: this build has the local engine. Build with -p:Engine=Orleans.";
        }
    }
}
