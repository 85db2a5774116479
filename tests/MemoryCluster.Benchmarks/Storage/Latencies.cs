using System.Globalization;

namespace MemoryCluster.Benchmarks.Storage;

/// <summary>Every single latency of all rounds, and the time the rounds took.</summary>
internal sealed class Latencies
{
    private readonly List<double> _microseconds = [];
    private double _seconds;

    public void Add(TimeSpan latency)
    {
        lock (_microseconds)
            _microseconds.Add(latency.TotalMicroseconds);
    }

    public void AddRound(TimeSpan elapsed) => _seconds += elapsed.TotalSeconds;

    public string Row(string name)
    {
        _microseconds.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-42} {_microseconds.Count / _seconds,10:F0} {At(0.5),8:F0} {At(0.99),8:F0} {At(0.999),9:F0}");
    }

    private double At(double quantile) => _microseconds[(int)(quantile * (_microseconds.Count - 1))];
}
