namespace MemoryCluster.Grains.Agents;

/// <summary>Counts what may still be done: refills at a steady rate up to its size, and is never overdrawn.</summary>
internal sealed class TokenBucket(double perSecond, double size, TimeProvider clock)
{
    private readonly double _size = size;
    private double _tokens = size;
    private long _at = clock.GetTimestamp();

    /// <summary>Takes all of <paramref name="count"/> or nothing.</summary>
    public bool TryTake(int count)
    {
        var now = clock.GetTimestamp();
        _tokens = Math.Min(_size, _tokens + (clock.GetElapsedTime(_at, now).TotalSeconds * perSecond));
        _at = now;
        if (_tokens < count)
        {
            return false;
        }

        _tokens -= count;
        return true;
    }
}
