using System.Text;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryCluster.Gateway.Resources;

/// <summary>The numbers for Prometheus.</summary>
internal static class MetricsApi
{
    public static IEnumerable<MappedRoute> Routes { get; } =
    [
        new(new()
        {
            Method = "GET", Pattern = "/metrics", Tag = "Operations", Scope = KeyScopes.None, Summary = "Metrics as Prometheus text",
        }, WriteAsync),
    ];

    private static async Task WriteAsync(Call call)
    {
        var text = Encoding.UTF8.GetBytes(call.Http.RequestServices.GetRequiredService<MetricsStore>().Render());
        call.Http.Response.ContentType = PrometheusText.ContentType;
        call.Http.Response.ContentLength = text.Length;
        await call.Http.Response.Body.WriteAsync(text, call.Aborted);
    }
}
