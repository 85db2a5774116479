namespace MemoryCluster.LocalEngine.Simulation;

/// <summary>The cluster's clock as one silo sees it: its timers wait while the silo is frozen and die with it.</summary>
internal sealed class SiloClock(SimulatedTimeProvider clock, SimulatedSilo silo) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer? timer = null;
        return timer = clock.CreateTimer(OnDue, state, dueTime, period);

        void OnDue(object? dueState)
        {
            if (silo.IsDead)
            {
                timer?.Dispose();
            }
            else
            {
                silo.WhenAwake(() => callback(dueState));
            }
        }
    }
}
