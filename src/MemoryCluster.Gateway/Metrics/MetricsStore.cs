using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace MemoryCluster.Gateway.Metrics;

/// <summary>Adds up what every meter named <c>MemoryCluster*</c> and the runtime's own publish, for <c>GET /metrics</c>.</summary>
internal sealed class MetricsStore : IDisposable
{
    private readonly ConcurrentDictionary<Instrument, InstrumentSeries> _instruments = new();
    private readonly MeterListener _listener = new();
    private readonly IMeterFactory _meters;

    public MetricsStore(IMeterFactory meters)
    {
        _meters = meters;
        _listener.InstrumentPublished = OnPublished;
        _listener.SetMeasurementEventCallback<double>(OnMeasured);
        _listener.SetMeasurementEventCallback<float>((instrument, value, tags, state) => OnMeasured(instrument, value, tags, state));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, state) => OnMeasured(instrument, value, tags, state));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, state) => OnMeasured(instrument, value, tags, state));
        _listener.Start();
    }

    /// <summary>The text that Prometheus reads.</summary>
    public string Render()
    {
        _listener.RecordObservableInstruments();
        var text = new PrometheusText();
        foreach (var series in _instruments.Values.OrderBy(series => series.Name, StringComparer.Ordinal))
        {
            text.Append(series);
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private static void OnMeasured(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        ((InstrumentSeries)state!).Add(value, tags);

    private void OnPublished(Instrument instrument, MeterListener listener)
    {
        // a meter of another host in the same process has that host's factory as its scope
        if ((instrument.Meter.Name.StartsWith("MemoryCluster", StringComparison.Ordinal) || instrument.Meter.Name == "System.Runtime")
            && (instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, _meters)))
        {
            listener.EnableMeasurementEvents(instrument, _instruments.GetOrAdd(instrument, static made => new InstrumentSeries(made)));
        }
    }
}
