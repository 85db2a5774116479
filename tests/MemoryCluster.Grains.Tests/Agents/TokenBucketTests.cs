using MemoryCluster.Grains.Agents;

namespace MemoryCluster.Grains.Tests.Agents;

public sealed class TokenBucketTests
{
    private readonly StandingClock _clock = new();

    [Fact]
    public void Full_GivesItsSizeAndNoMore()
    {
        var bucket = new TokenBucket(perSecond: 2, size: 3, _clock);

        Assert.False(bucket.TryTake(4));
        Assert.True(bucket.TryTake(3));
        Assert.False(bucket.TryTake(1));
    }

    [Fact]
    public void Refills_AtItsRate_UpToItsSize()
    {
        var bucket = new TokenBucket(perSecond: 2, size: 3, _clock);
        Assert.True(bucket.TryTake(3));

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.False(bucket.TryTake(3));
        Assert.True(bucket.TryTake(2));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.False(bucket.TryTake(4));
        Assert.True(bucket.TryTake(3));
    }

    private sealed class StandingClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
