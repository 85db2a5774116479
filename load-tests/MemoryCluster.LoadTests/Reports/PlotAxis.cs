using System.Globalization;

namespace MemoryCluster.LoadTests.Reports;

/// <summary>From values to pixels, with round numbers at the ticks.</summary>
internal sealed class PlotAxis
{
    private const int TicksAbout = 5;

    private readonly double _from;
    private readonly double _to;
    private readonly bool _isLog;

    private PlotAxis(double from, double to, bool isLog, IReadOnlyList<double> ticks) => (_from, _to, _isLog, Ticks) = (from, to, isLog, ticks);

    public IReadOnlyList<double> Ticks { get; }

    /// <summary>From 0, or from where the values begin, to a round number above the highest.</summary>
    public static PlotAxis Linear(double min, double max)
    {
        var from = Math.Min(0, min);
        var span = Math.Max(max - from, 1e-9);
        var step = Round(span / TicksAbout);
        var to = Math.Ceiling(max / step) * step;
        if (to <= from)
            to = from + step;
        return new PlotAxis(from, to, isLog: false, [.. Enumerable.Range(0, (int)Math.Round((to - from) / step) + 1).Select(i => from + (i * step))]);
    }

    /// <summary>Whole powers of ten around the values, which are above 0.</summary>
    public static PlotAxis Log(double min, double max)
    {
        var lowest = (int)Math.Floor(Math.Log10(Math.Max(min, 1e-6)));
        var highest = Math.Max(lowest + 1, (int)Math.Ceiling(Math.Log10(Math.Max(max, 1e-6))));
        return new PlotAxis(lowest, highest, isLog: true, [.. Enumerable.Range(lowest, highest - lowest + 1).Select(power => Math.Pow(10, power))]);
    }

    /// <summary>Where a value lies, from 0 to 1.</summary>
    public double Share(double value) => ((_isLog ? Math.Log10(Math.Max(value, 1e-9)) : value) - _from) / (_to - _from);

    public static string Label(double tick) => tick switch
    {
        >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{tick / 1e6:0.##}M"),
        >= 1e4 => string.Create(CultureInfo.InvariantCulture, $"{tick / 1e3:0.##}k"),
        _ => tick.ToString("0.####", CultureInfo.InvariantCulture),
    };

    // 1, 2 or 5 times a power of ten.
    private static double Round(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }
}
