using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Embedders;

/// <summary>Learns or checks the length of the service's vectors before anything else starts, so that a wrong setting ends the start and not a request.</summary>
internal sealed class EmbedderProbe(IServiceProvider services, IOptions<EmbeddingOptions> options) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => options.Value.Provider == EmbeddingProvider.Http
        ? services.GetRequiredService<HttpEmbedder>().ProbeAsync(cancellationToken)
        : Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
