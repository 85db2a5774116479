namespace MemoryCluster.LocalEngine.Simulation;

internal sealed class SimulatedTimer : ITimer
{
    private readonly SimulatedTimeProvider _clock;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly bool _isBackground;
    private readonly Lock _gate = new();
    private readonly ExecutionContext? _flow = ExecutionContext.Capture();
    private SimulatedEvent? _next;
    private TimeSpan _period;
    private bool _isDisposed;

    public SimulatedTimer(SimulatedTimeProvider clock, TimerCallback callback, object? state, bool isBackground)
    {
        _clock = clock;
        _callback = callback;
        _state = state;
        _isBackground = isBackground;
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return false;
            }

            CancelNext();
            _period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                _next = _clock.Schedule(dueTime, OnDue, _isBackground);
            }

            return true;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            CancelNext();
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void CancelNext()
    {
        if (_next is { } next)
        {
            _clock.Cancel(next);
            _next = null;
        }
    }

    private void OnDue()
    {
        lock (_gate)
        {
            _next = _period > TimeSpan.Zero && !_isDisposed ? _clock.Schedule(_period, OnDue, _isBackground) : null;
        }

        if (_flow is null)
        {
            _callback(_state);
        }
        else
        {
            ExecutionContext.Run(_flow, static timer => ((SimulatedTimer)timer!)._callback(((SimulatedTimer)timer)._state), this);
        }
    }
}
