using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace MemoryCluster.TestKit.Clusters;

/// <summary>Orleans itself: two silos on free loopback ports and a client, so that calls and answers go over the wire.</summary>
public static class TestEngine
{
    private const string ClusterName = "memorycluster-tests";

    /// <summary>Adds a silo: the first of its cluster, or one that joins it.</summary>
    public static void AddTestEngine(this IHostApplicationBuilder builder, IHost? first = null)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var ports = new SiloPorts(FreePort(), FreePort());
        var primary = first?.Services.GetRequiredService<SiloPorts>() ?? ports;
        builder.Services.AddSingleton(ports);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(ports.Silo, ports.Gateway, new IPEndPoint(IPAddress.Loopback, primary.Silo), ClusterName, ClusterName)
            .UseSiloMetadata());
    }

    /// <summary>What a cluster has beside its first silo, started: a second one, and a client of that one. The last gives the grains.</summary>
    public static async Task<IReadOnlyList<IHost>> WidenAsync(Func<IHost> buildSecond)
    {
        var second = buildSecond();
        await second.StartAsync();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleansClient(client => client.UseLocalhostClustering(
            second.Services.GetRequiredService<SiloPorts>().Gateway, ClusterName, ClusterName));
        var host = builder.Build();
        await host.StartAsync();
        return [second, host];
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed record SiloPorts(int Silo, int Gateway);
}
