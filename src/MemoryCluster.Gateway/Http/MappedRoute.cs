namespace MemoryCluster.Gateway.Http;

/// <summary>A route and what it does.</summary>
internal sealed record MappedRoute(RouteDescription Description, Func<Call, Task> Handler);
