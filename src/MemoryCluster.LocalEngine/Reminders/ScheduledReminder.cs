using MemoryCluster.LocalEngine.Runtime;
using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Reminders;

/// <summary>The next tick of one reminder. Ticks that passed while nobody ran are skipped, not made up for.</summary>
internal sealed class ScheduledReminder : IDisposable
{
    // Timers of .NET end at 49 days; longer waits are waited in parts.
    private static readonly TimeSpan WaitMax = TimeSpan.FromDays(30);
    private readonly Cluster _cluster;
    private readonly TimeProvider _clock;
    private readonly ReminderEntry _entry;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private DateTime _next;
    private DateTime? _due;
    private bool _isTicking;
    private volatile bool _isDisposed;

    public ScheduledReminder(Cluster cluster, TimeProvider clock, ReminderEntry entry)
    {
        _cluster = cluster;
        _clock = clock;
        _entry = entry;
        using (ExecutionContext.SuppressFlow())
        {
            _timer = clock.CreateTimer(static state => ((ScheduledReminder)state!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        Rearm(clock.GetUtcNow().UtcDateTime);
    }

    public void Dispose()
    {
        _isDisposed = true;
        _timer.Dispose();
    }

    private void Rearm(DateTime now)
    {
        var behind = now - _entry.StartAt;
        var isFirst = behind < TimeSpan.Zero || (behind == TimeSpan.Zero && _next == default);
        _next = isFirst ? _entry.StartAt : _entry.StartAt + (_entry.Period * ((behind.Ticks / _entry.Period.Ticks) + 1));
        Wait(now);
    }

    private void Wait(DateTime now)
    {
        if (!_isDisposed)
        {
            var wait = _next - now;
            _timer.Change(wait < WaitMax ? wait : WaitMax, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnDue()
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        if (now < _next)
        {
            Wait(now);
        }
        else
        {
            // The next tick is set first, so that a slow grain does not move it.
            Rearm(now);
            Tick(now);
        }
    }

    // A grain that is still at one tick gets the next when it is done, and of several that came meanwhile the last.
    private void Tick(DateTime now)
    {
        lock (_gate)
        {
            _due = now;
            if (_isTicking)
            {
                return;
            }

            _isTicking = true;
        }

        _ = TickWhileDueAsync();
    }

    private async Task TickWhileDueAsync()
    {
        while (TakeDue() is { } due)
        {
            await TickAsync(due);
        }
    }

    private DateTime? TakeDue()
    {
        lock (_gate)
        {
            var due = _isDisposed ? null : _due;
            _due = null;
            _isTicking = due is not null;
            return due;
        }
    }

    private async Task TickAsync(DateTime now)
    {
        try
        {
            await _cluster.GetReference<IRemindable>(_entry.GrainId).ReceiveReminder(_entry.ReminderName, new TickStatus(_entry.StartAt, _entry.Period, now));
        }
#pragma warning disable CA1031 // The edge of the tick: a reminder goes on after a failure, as in Orleans.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _cluster.Logger.LogTickFailed("Reminder", _entry.ReminderName, _entry.GrainId.ToString(), exception);
        }
    }
}
