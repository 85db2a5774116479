namespace MemoryCluster.Gateway.Shedding;

/// <summary>
/// What a route takes where nothing waits: the least mean of an interval of late. What a request took above it, it waited. Means, since the quickest
/// single request may be one that found its answer ready.
/// </summary>
internal sealed class RouteTime
{
    private const int MeanOfMin = 10;

    private long _sumTicks;
    private int _count;
    private long _leastTicks = long.MaxValue;
    private long _leastBeforeTicks = long.MaxValue;

    /// <summary>Notes a request's time; how long of it the request waited, 0 while the route is not known yet.</summary>
    public TimeSpan Record(TimeSpan took)
    {
        Interlocked.Add(ref _sumTicks, took.Ticks);
        Interlocked.Increment(ref _count);
        var least = Math.Min(Volatile.Read(ref _leastTicks), Volatile.Read(ref _leastBeforeTicks));
        return took.Ticks > least ? took - TimeSpan.FromTicks(least) : TimeSpan.Zero;
    }

    /// <summary>Ends an interval: its mean, if enough requests made it, is a candidate for the least; else they count for the next one.</summary>
    public void CloseWindow()
    {
        // Requests may end between the two reads: one of many moves a mean by less than it moves anything.
        if (Volatile.Read(ref _count) >= MeanOfMin)
        {
            var count = Interlocked.Exchange(ref _count, 0);
            var mean = Interlocked.Exchange(ref _sumTicks, 0) / count;
            Volatile.Write(ref _leastTicks, Math.Min(_leastTicks, mean));
        }
    }

    /// <summary>Begins a new stretch: what is older than the last one is forgotten, so that a route which became slower is believed.</summary>
    public void Turn()
    {
        if (_leastTicks != long.MaxValue)
        {
            Volatile.Write(ref _leastBeforeTicks, _leastTicks);
            Volatile.Write(ref _leastTicks, long.MaxValue);
        }
    }
}
