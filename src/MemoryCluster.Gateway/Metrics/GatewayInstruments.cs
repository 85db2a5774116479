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
    private readonly UpDownCounter<int> _active;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _recalls;

    public GatewayInstruments(IMeterFactory meters)
    {
        var meter = meters.Create("MemoryCluster.Gateway");
        _duration = meter.CreateHistogram<double>(
            "memorycluster.http.request.duration", "s", "Time from the route's begin to its answer, by route, method and status");
        _active = meter.CreateUpDownCounter<int>("memorycluster.http.requests.active", "{request}", "Requests of routes in progress");
        _refusals = meter.CreateCounter<long>("memorycluster.refusals", "{request}", "Requests of routes that were refused or failed, by code of the problem");
        _recalls = meter.CreateCounter<long>("memorycluster.recalls", "{recall}", "Recalls answered, by whether all that was asked has answered");
        // there from the start, so that the first one is seen as an increase
        _active.Add(0);
        _recalls.Add(0, PartialTag(false));
        _recalls.Add(0, PartialTag(true));
    }

    public void OnBegin() => _active.Add(1);

    public void OnRequest(RouteDescription route, int status, TimeSpan elapsed)
    {
        _active.Add(-1);
        _duration.Record(
            elapsed.TotalSeconds,
            new("route", route.Pattern),
            new("method", route.Method),
            new("status", Statuses.GetOrAdd(status, static number => number.ToString(CultureInfo.InvariantCulture))));
    }

    public void OnProblem(string code) => _refusals.Add(1, new KeyValuePair<string, object?>("code", code));

    public void OnRecall(bool partial) => _recalls.Add(1, PartialTag(partial));

    private static KeyValuePair<string, object?> PartialTag(bool partial) => new("partial", partial ? "true" : "false");
}
