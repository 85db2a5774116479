using System.Globalization;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Gateway.Shedding;

/// <summary>Puts the shedder into ASP.NET's rate limiting.</summary>
internal static class SheddingMiddleware
{
    private static readonly string RetryAfter = FaultMap.RetryAfterSeconds(MemoryFault.Overloaded)!.Value.ToString(CultureInfo.InvariantCulture);

    public static IServiceCollection AddShedding(this IServiceCollection services)
    {
        services.TryAddSingleton<Metrics.SheddingInstruments>();
        services.TryAddSingleton<LoadShedder>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<LoadShedder, Metrics.GatewayInstruments>((limiter, shedder, instruments) =>
        {
            limiter.GlobalLimiter = shedder;
            limiter.OnRejected = (rejected, _) =>
            {
                instruments.OnProblem(MemoryFault.Overloaded.Code());
                rejected.HttpContext.Response.Headers.RetryAfter = RetryAfter;
                ProblemWriter.Write(rejected.HttpContext, ProblemFactory.Of(MemoryFault.Overloaded));
                return ValueTask.CompletedTask;
            };
        });
        return services;
    }

    /// <summary>Nothing where it is switched off.</summary>
    public static IApplicationBuilder UseShedding(this IApplicationBuilder app) =>
        app.ApplicationServices.GetRequiredService<IOptions<GatewayOptions>>().Value.Shedding.Enabled ? app.UseRateLimiter() : app;
}
