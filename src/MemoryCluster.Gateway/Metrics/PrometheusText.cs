using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace MemoryCluster.Gateway.Metrics;

/// <summary>The text format of Prometheus, version 0.0.4.</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>The instrument's name, its unit and, for what only grows, <c>total</c>, in the characters that Prometheus takes.</summary>
    public static string NameOf(Instrument instrument)
    {
        var name = Sanitized(instrument.Name);
        var unit = instrument.Unit switch
        {
            null or "" => "",
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            // an annotation in braces counts things and names no unit
            ['{', ..] => "",
            var other => "_" + Sanitized(other),
        };
        var counts = instrument.GetType().Name is "Counter`1" or "ObservableCounter`1";
        return name + unit + (counts ? "_total" : "");
    }

    public void Append(InstrumentSeries instrument)
    {
        if (instrument.All.Count == 0)
        {
            return;
        }

        if (instrument.Description is { Length: > 0 } description)
        {
            _text.Append("# HELP ").Append(instrument.Name).Append(' ').Append(Escaped(description, quotes: false)).Append('\n');
        }

        _text.Append("# TYPE ").Append(instrument.Name).Append(' ').Append(TypeOf(instrument.Shape)).Append('\n');
        foreach (var series in instrument.All)
        {
            AppendSeries(instrument, series);
        }
    }

    public override string ToString() => _text.ToString();

    private static string TypeOf(InstrumentShape shape) => shape switch
    {
        InstrumentShape.Counter or InstrumentShape.ObservedCounter => "counter",
        InstrumentShape.Gauge or InstrumentShape.Sum => "gauge",
        InstrumentShape.Histogram => "histogram",
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "A new shape needs a type here."),
    };

    private static string Sanitized(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static string Escaped(string value, bool quotes)
    {
        var escaped = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private void AppendSeries(InstrumentSeries instrument, Series series)
    {
        if (instrument.Shape != InstrumentShape.Histogram)
        {
            AppendLine(instrument.Name, series, null, series.Value);
            return;
        }

        var count = 0L;
        for (var i = 0; i <= Metrics.Series.Bounds.Length; i++)
        {
            count += series.InBucket(i);
            var bound = i < Metrics.Series.Bounds.Length ? Number(Metrics.Series.Bounds[i]) : "+Inf";
            AppendLine(instrument.Name + "_bucket", series, bound, count);
        }

        AppendLine(instrument.Name + "_sum", series, null, series.Value);
        AppendLine(instrument.Name + "_count", series, null, count);
    }

    private void AppendLine(string name, Series series, string? bound, double value)
    {
        var labels = series.Tags.Select(tag => $"{Sanitized(tag.Key)}=\"{Escaped(Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "", quotes: true)}\"");
        var all = string.Join(',', bound is null ? labels : labels.Append($"le=\"{bound}\""));
        _text.Append(name);
        if (all.Length > 0)
        {
            _text.Append('{').Append(all).Append('}');
        }

        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
