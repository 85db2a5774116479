namespace MemoryCluster.Client.Tests;

/// <summary>A clock whose pauses pass at once and are written down. Timers of the given length, the timeout of attempts, never ring or ring at once.</summary>
internal sealed class JumpingClock(TimeSpan timeout, bool timeoutRings = false) : TimeProvider
{
    private readonly List<TimeSpan> _pauses = [];

    public IReadOnlyList<TimeSpan> Pauses => _pauses;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var isPause = dueTime != timeout;
        if (isPause)
            _pauses.Add(dueTime);
        return System.CreateTimer(callback, state, isPause || timeoutRings ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, period);
    }
}
