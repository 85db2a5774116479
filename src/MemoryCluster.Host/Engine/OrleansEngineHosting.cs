using System.Net;
using MemoryCluster.Host.Serving;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace MemoryCluster.Host.Engine;

/// <summary>Grains on Orleans: one silo on the loopback interface.</summary>
internal static class EngineHosting
{
    private const int SiloPort = 11_111;
    private const int GatewayPort = 30_000;
    private const string ClusterName = "memorycluster";

    public static void AddEngine(this IHostApplicationBuilder builder, ServeOptions options)
    {
        // At every start they warn of our one heap, which is meant, and of a check that has not had its first turn.
        builder.Logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error).AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(SiloPort, GatewayPort, new IPEndPoint(IPAddress.Loopback, SiloPort), ClusterName, ClusterName)
            .UseSiloMetadata());
    }
}
