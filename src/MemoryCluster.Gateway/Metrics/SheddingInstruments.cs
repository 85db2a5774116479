using System.Diagnostics.Metrics;
using MemoryCluster.Gateway.Http;

namespace MemoryCluster.Gateway.Metrics;

/// <summary>What the gateway's door measures.</summary>
internal sealed class SheddingInstruments
{
    private readonly Counter<long> _shed;
    private int _limit;
    private int _inFlight;
    private double _lateShare;

    public SheddingInstruments(IMeterFactory meters)
    {
        var meter = meters.Create("MemoryCluster.Gateway");
        _shed = meter.CreateCounter<long>("memorycluster.http.requests.shed", "{request}", "Requests refused at the door because those inside waited too long, by route and method");
        meter.CreateObservableGauge("memorycluster.http.concurrency.limit", () => Volatile.Read(ref _limit), "{request}", "Requests that may be inside together, as set at the end of the last interval");
        meter.CreateObservableGauge("memorycluster.http.concurrency.most", () => Volatile.Read(ref _inFlight), "{request}", "The most requests that were inside together in the last interval");
        meter.CreateObservableGauge("memorycluster.http.late.ratio", () => Volatile.Read(ref _lateShare), null, "Share of the last interval's requests that waited longer than the target");
    }

    public void OnShed(RouteDescription route) => _shed.Add(1, new("route", route.Pattern), new("method", route.Method));

    public void OnWindow(int limit, int inFlightMost, double lateShare)
    {
        Volatile.Write(ref _limit, limit);
        Volatile.Write(ref _inFlight, inFlightMost);
        Volatile.Write(ref _lateShare, lateShare);
    }
}
