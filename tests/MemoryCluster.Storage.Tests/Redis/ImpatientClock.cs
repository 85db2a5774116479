namespace MemoryCluster.Storage.Tests.Redis;

/// <summary>The system's clock, on which every deadline can be made to run out as soon as it is set.</summary>
internal sealed class ImpatientClock : TimeProvider
{
    public bool HasNoTime { get; set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, HasNoTime && dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
}
