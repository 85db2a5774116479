namespace MemoryCluster.Evaluation.Lift;

/// <summary>A clock that goes on a minute with every run: what a stream comes to hangs on nothing else.</summary>
internal sealed class StreamClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance() => _now += TimeSpan.FromMinutes(1);
}
