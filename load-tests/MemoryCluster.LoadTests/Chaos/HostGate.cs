namespace MemoryCluster.LoadTests.Chaos;

/// <summary>Holds the writers while the host is down or under examination.</summary>
internal sealed class HostGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _up = NewSource();

    public Task WhenUpAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _up.Task.WaitAsync(cancellationToken);
    }

    public void Close()
    {
        lock (_lock)
        {
            if (_up.Task.IsCompleted)
                _up = NewSource();
        }
    }

    public void Open()
    {
        lock (_lock)
            _up.TrySetResult();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
