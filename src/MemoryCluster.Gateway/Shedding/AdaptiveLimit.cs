namespace MemoryCluster.Gateway.Shedding;

/// <summary>
/// How many requests may be inside together: less by a tenth where most of them wait too long, more by its square root where they do not.
/// </summary>
/// <remarks>
/// The signal is the time spent waiting, as in CoDel (RFC 8289) and TCP Vegas (Brakmo and Peterson 1995), and not the number of requests: it means the
/// same on any machine. The steps are those of Netflix's concurrency-limits (AIMD's back-off of 0.9, Gradient2's room of a square root); the cut
/// begins at what was truly inside (the idea of RFC 7661), so that a limit which was never reached does not have to be worn down first.
/// </remarks>
internal sealed class AdaptiveLimit
{
    /// <summary>Fewer requests say nothing: one slow one is no overload.</summary>
    public const int MeasuredMin = 10;

    private const double BackOff = 0.9;

    private readonly int _min;
    private readonly int _max;
    private int _value;

    public AdaptiveLimit(int min, int max) => (_min, _max, _value) = (min, max, max);

    public int Value => Volatile.Read(ref _value);

    public bool IsLowest => Value == _min;

    /// <summary>Sets it by what an interval showed; whether that was overload.</summary>
    public bool Close(DelayWindow window)
    {
        if (window.Measured < MeasuredMin)
        {
            return false;
        }

        var isOverload = 2 * window.Late > window.Measured;
        var next = isOverload
            ? (int)(BackOff * Math.Min(_value, window.InFlightMost))
            : _value + (int)Math.Sqrt(_value);
        Volatile.Write(ref _value, Math.Clamp(next, _min, _max));
        return isOverload;
    }
}
