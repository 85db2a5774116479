using System.Diagnostics.Metrics;

namespace MemoryCluster.Gateway.Metrics;

/// <summary>One instrument's series, one for each set of tags that it was recorded with.</summary>
internal sealed class InstrumentSeries(Instrument instrument)
{
    /// <summary>Series of one instrument: bounds the memory that a badly chosen tag can take. What comes later is not counted.</summary>
    public const int SeriesMax = 2_000;

    private readonly Lock _growing = new();
    private volatile Series[] _series = [];

    public string Name { get; } = PrometheusText.NameOf(instrument);

    public string? Description => instrument.Description;

    public InstrumentShape Shape { get; } = ShapeOf(instrument);

    public IReadOnlyList<Series> All => _series;

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Find(_series, tags) is { } found)
        {
            found.Add(value);
        }
        else
        {
            Grow(tags)?.Add(value);
        }
    }

    // few series per instrument and a lock-free read: faster than hashing the tags' texts
    private static Series? Find(Series[] series, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var each in series)
        {
            if (each.Matches(tags))
            {
                return each;
            }
        }

        return null;
    }

    private Series? Grow(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_growing)
        {
            var series = _series;
            if (Find(series, tags) is { } found)
            {
                return found;
            }

            if (series.Length == SeriesMax)
            {
                return null;
            }

            var made = new Series(Shape, tags.ToArray());
            _series = [.. series, made];
            return made;
        }
    }

    private static InstrumentShape ShapeOf(Instrument instrument)
    {
        var type = instrument.GetType();
        var kind = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return kind == typeof(Histogram<>) ? InstrumentShape.Histogram
            : kind == typeof(Counter<>) ? InstrumentShape.Counter
            : kind == typeof(ObservableCounter<>) ? InstrumentShape.ObservedCounter
            : kind == typeof(UpDownCounter<>) ? InstrumentShape.Sum
            : InstrumentShape.Gauge;
    }
}
