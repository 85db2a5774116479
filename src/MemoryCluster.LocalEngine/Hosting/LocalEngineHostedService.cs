using MemoryCluster.LocalEngine.Runtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MemoryCluster.LocalEngine.Hosting;

/// <summary>Starts the cluster before the services that were added after it, and stops it after them.</summary>
internal sealed class LocalEngineHostedService(Cluster cluster, IOptions<LocalEngineOptions> options, IServiceProvider services) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var silos = Enumerable.Range(0, SiloFactory.CountOf(options.Value))
            .Select(index => SiloFactory.Create(options.Value, index, generation: 1))
            .ToArray();
        Array.ForEach(silos, silo => silo.Start(services));
        cluster.Start(services, silos);
        cluster.StartCollecting();
        await cluster.Reminders.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => cluster.StopAsync(cancellationToken);
}
