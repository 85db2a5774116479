namespace MemoryCluster.LoadTests.Proxy;

/// <summary>One way of a link: what is wrong with it now, and whoever waits for that to change.</summary>
internal sealed class FaultyWay(Random random)
{
    private readonly Lock _lock = new();
    private WayFaults _faults = WayFaults.None;
    private TaskCompletionSource _changed = NewSource();
    private long _heldBytes;
    private long _droppedBytes;

    /// <summary>Bytes that have arrived and wait for the way to be whole.</summary>
    public long HeldBytes => Interlocked.Read(ref _heldBytes);

    /// <summary>Bytes that were thrown away.</summary>
    public long DroppedBytes => Interlocked.Read(ref _droppedBytes);

    public WayFaults Faults
    {
        get
        {
            lock (_lock)
                return _faults;
        }
    }

    public void Set(WayFaults faults)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _faults = faults;
            (changed, _changed) = (_changed, NewSource());
        }

        changed.SetResult();
    }

    public void CountDropped(int bytes) => Interlocked.Add(ref _droppedBytes, bytes);

    /// <summary>How long a piece that arrives now is on its way, without its own length.</summary>
    public TimeSpan DrawDelay()
    {
        lock (_lock)
            return _faults.Delay + (_faults.Jitter * random.NextDouble());
    }

    /// <summary>Returns when the way is not cut.</summary>
    public async Task WhenWholeAsync(int bytes, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _heldBytes, bytes);
        try
        {
            while (NextChange() is { } change)
                await change.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Add(ref _heldBytes, -bytes);
        }
    }

    private Task? NextChange()
    {
        lock (_lock)
            return _faults.IsCut ? _changed.Task : null;
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
