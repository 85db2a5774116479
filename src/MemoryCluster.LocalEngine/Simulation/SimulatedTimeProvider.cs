namespace MemoryCluster.LocalEngine.Simulation;

/// <summary>A clock that moves only when it is told to, and whose timers fire as it passes them. Inside a simulation the scheduler moves it;
/// beside the live engine a test does, by <see cref="Advance"/>.</summary>
public sealed class SimulatedTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<SimulatedEvent, (long DueTicks, int Tie, long Number)> _events = new();
    private readonly DateTimeOffset _start;
    private readonly Random? _ties;
    private readonly HomeThread? _home;
    private long _ticks;
    private long _lastNumber;
    private int _foregroundCount;

    /// <summary>Events of the same instant happen in the order in which they were scheduled.</summary>
    public SimulatedTimeProvider(DateTimeOffset start)
        : this(start, ties: null, home: null)
    {
    }

    internal SimulatedTimeProvider(DateTimeOffset start, Random? ties, HomeThread? home)
    {
        _home = home;
        _start = start;
        _ties = ties;
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How far the clock has moved since its start.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    /// <summary>Whether anything is to come but the engine's own housekeeping.</summary>
    internal bool HasForegroundEvents => Volatile.Read(ref _foregroundCount) > 0;

    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        CreateTimer(callback, state, dueTime, period, isBackground: false);

    /// <summary>Moves the clock, and fires what is due on the way, each at its own instant.</summary>
    public void Advance(TimeSpan by)
    {
        var until = GetTimestamp() + by.Ticks;
        while (TryTake(until) is { } due)
        {
            due.Fire();
        }

        Interlocked.Exchange(ref _ticks, until);
    }

    internal ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period, bool isBackground)
    {
        var timer = new SimulatedTimer(this, callback, state, isBackground);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock to the next event and fires it. Whether there was one.</summary>
    internal bool TryStep()
    {
        if (TryTake(long.MaxValue) is not { } due)
        {
            return false;
        }

        due.Fire();
        return true;
    }

    internal SimulatedEvent Schedule(TimeSpan delay, Action action, bool isBackground = false)
    {
        _home?.Check("The clock");
        lock (_gate)
        {
            var scheduled = new SimulatedEvent(action, isBackground);
            _foregroundCount += isBackground ? 0 : 1;
            _events.Enqueue(scheduled, (_ticks + Math.Max(0, delay.Ticks), _ties?.Next() ?? 0, ++_lastNumber));
            return scheduled;
        }
    }

    internal void Cancel(SimulatedEvent scheduled)
    {
        lock (_gate)
        {
            Forget(scheduled);
        }
    }

    private SimulatedEvent? TryTake(long until)
    {
        lock (_gate)
        {
            while (_events.TryPeek(out var next, out var order) && order.DueTicks <= until)
            {
                _events.Dequeue();
                if (next.IsOver)
                {
                    continue;
                }

                Forget(next);
                Interlocked.Exchange(ref _ticks, Math.Max(_ticks, order.DueTicks));
                return next;
            }

            return null;
        }
    }

    private void Forget(SimulatedEvent scheduled)
    {
        if (!scheduled.IsOver)
        {
            scheduled.IsOver = true;
            _foregroundCount -= scheduled.IsBackground ? 0 : 1;
        }
    }
}
