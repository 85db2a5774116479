using System.Security.Cryptography;
using MemoryCluster.Gateway.Access;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Metrics;
using MemoryCluster.Gateway.OpenApi;
using MemoryCluster.Gateway.Paging;
using MemoryCluster.Gateway.Resources;
using MemoryCluster.Gateway.Shedding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.Gateway;

/// <summary>The HTTP contract as endpoints: registration, front door, routes. Register an <c>IGrainFactory</c> and an <see cref="IEmbedder"/> or a catalog of several beside.</summary>
public static class GatewayEndpoints
{
    /// <summary>Registers what the routes need.</summary>
    public static IServiceCollection AddMemoryClusterGateway(this IServiceCollection services, Action<GatewayOptions>? configure = null)
    {
        services.AddOptionsWithValidateOnStart<GatewayOptions>().ValidateDataAnnotations().Validate(
            options => options.KeyValidity > TimeSpan.Zero && options.KeyValidity <= TimeSpan.FromMilliseconds(900)
                && options.Tenants.All(tenant => TenantId.IsValid(tenant)) && options.CursorSecret.Length is 0 or >= 32,
            "GatewayOptions: KeyValidity is above 0 and at most 900 ms, tenants are 1 to 63 of a-z 0-9 -, a CursorSecret has at least 32 bytes.")
            .Validate(
                options => options.Shedding.IsValid(),
                "GatewayOptions.Shedding: DelayTarget is above 0 and at most 10 s, Interval 1 ms to 10 s, ConcurrencyMin at least 1 and at most ConcurrencyMax.");
        services.Configure(configure ?? (_ => { }));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => RandomNumberGenerator.Create());
        services.AddMetrics();
        // it would make an activity and a logging scope for every request, to log what the metrics count and the pipeline logs
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None));
        services.TryAddSingleton(provider => new EmbedderCatalog(provider.GetRequiredService<IEmbedder>()));
        services.TryAddSingleton(AddressRule.PublicOnly);
        services.TryAddSingleton<GatewayServices>();
        services.TryAddSingleton<Authenticator>();
        services.TryAddSingleton<TeamNumbers>();
        services.TryAddSingleton<CursorSigner>();
        services.TryAddSingleton<BodyBudget>();
        services.TryAddSingleton<GatewayInstruments>();
        services.TryAddSingleton<MetricsStore>();
        services.AddShedding();
        return services.AddContractDocument();
    }

    /// <summary>Refuses what no route should see and, under overload, what none can serve in time; answers what none matches. Put it first, after routing.</summary>
    public static IApplicationBuilder UseMemoryClusterFrontDoor(this IApplicationBuilder app) => app.UseMiddleware<FrontDoor>().UseShedding();

    /// <summary>Maps every route of the contract.</summary>
    public static IEndpointRouteBuilder MapMemoryCluster(this IEndpointRouteBuilder endpoints)
    {
        Map(endpoints, AllRoutes);
        endpoints.MapOpenApi("/openapi/{documentName}.json");
        return endpoints;
    }

    /// <summary>Maps health and metrics alone, for a process that serves no requests.</summary>
    public static IEndpointRouteBuilder MapMemoryClusterProbes(this IEndpointRouteBuilder endpoints)
    {
        Map(endpoints, [.. HealthApi.Routes, .. MetricsApi.Routes]);
        return endpoints;
    }

    private static void Map(IEndpointRouteBuilder endpoints, IEnumerable<MappedRoute> routes)
    {
        // made before what measures, so that the first measurement is counted
        endpoints.ServiceProvider.GetRequiredService<MetricsStore>();
        var services = endpoints.ServiceProvider.GetRequiredService<GatewayServices>();
        foreach (var (description, handler) in routes)
        {
            var route = new RoutePipeline(services, description, handler);
            RequestDelegate invoke = route.InvokeAsync;
            endpoints.MapMethods(description.Pattern, [description.Method], invoke).WithMetadata(description, invoke.Method).WithTags(description.Tag);
        }
    }

    internal static IEnumerable<MappedRoute> AllRoutes =>
    [
        .. TeamsApi.Routes, .. AgentsApi.Routes, .. AccessApi.Routes, .. KeysApi.Routes, .. EmbedderApi.Routes, .. ReplayersApi.Routes,
        .. MemoriesApi.Routes, .. ListApi.Routes, .. TimelineApi.Routes, .. BatchApi.Routes, .. ForgetApi.Routes, .. RecallApi.Routes,
        .. ControllerApi.Routes, .. PolicyApi.Routes, .. RunsApi.Routes, .. DecisionsApi.Routes, .. ConsolidationApi.Routes, .. DiffusionApi.Routes,
        .. HealthApi.Routes, .. MetricsApi.Routes,
    ];
}
