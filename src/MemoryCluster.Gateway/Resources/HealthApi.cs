using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Gateway.Resources;

/// <summary>Whether the process lives, and whether it can serve.</summary>
internal static class HealthApi
{
    private const string Tag = "Operations";

    public static IEnumerable<MappedRoute> Routes { get; } =
    [
        new(new()
        {
            Method = "GET", Pattern = "/healthz/live", Tag = Tag, Scope = KeyScopes.None, Summary = "200 while the process lives; asks nothing else",
            Response = typeof(HealthResponse),
        }, call => call.ReplyAsync(200, new HealthResponse { Status = "live" }, ContractJson.Strict.HealthResponse)),
        new(new()
        {
            Method = "GET", Pattern = "/healthz/ready", Tag = Tag, Scope = KeyScopes.None, Summary = "200 when requests can be served",
            Response = typeof(HealthResponse), Refuses = [Refusals.NotReady],
        }, ReadyAsync),
    ];

    private static async Task ReadyAsync(Call call)
    {
        if (!await IsReadyAsync(call))
        {
            throw new RefusalException(Refusals.NotReady, "The gateway is stopping, or the cluster does not answer yet. Ask another gateway, or wait.");
        }

        await call.ReplyAsync(200, new HealthResponse { Status = "ready" }, ContractJson.Strict.HealthResponse);
    }

    private static async Task<bool> IsReadyAsync(Call call)
    {
        var services = call.Http.RequestServices;
        var options = services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        if (services.GetService<IHostApplicationLifetime>()?.ApplicationStopping.IsCancellationRequested == true)
        {
            return false;
        }

        if (!services.GetServices<IReadinessCheck>().All(check => check.IsReady))
        {
            return false;
        }

        using var deadline = new CancellationTokenSource(options.ReadyTimeout, call.Services.Clock);
        try
        {
            var tenant = call.Services.Grains.GetGrain<ITenantGrain>(options.Tenants[0]);
            await tenant.GetVersionAsync(deadline.Token).WaitAsync(deadline.Token);
            return true;
        }
#pragma warning disable CA1031 // whatever keeps the directory from answering keeps requests from being served
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
