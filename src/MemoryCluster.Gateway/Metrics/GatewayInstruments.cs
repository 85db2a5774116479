using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using MemoryCluster.Gateway.Http;

namespace MemoryCluster.Gateway.Metrics;

/// <summary>What the gateway measures of itself. Labels are routes and statuses, never ids: their number is bounded by the contract.</summary>
internal sealed class GatewayInstruments
{
    private static readonly ConcurrentDictionary<int, string> Statuses = new();

    private readonly Histogram<double> _duration;

    public GatewayInstruments(IMeterFactory meters) =>
        _duration = meters.Create("MemoryCluster.Gateway").CreateHistogram<double>(
            "memorycluster.http.request.duration", "s", "Time from the route's begin to its answer, by route, method and status");

    public void OnRequest(RouteDescription route, int status, TimeSpan elapsed) => _duration.Record(
        elapsed.TotalSeconds,
        new("route", route.Pattern),
        new("method", route.Method),
        new("status", Statuses.GetOrAdd(status, static number => number.ToString(CultureInfo.InvariantCulture))));
}
