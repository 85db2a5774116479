using MemoryCluster.Gateway.Shedding;

namespace MemoryCluster.Gateway.Tests.Shedding;

public sealed class AdaptiveLimitTests
{
    [Fact]
    public void MostLate_CutsATenthOfWhatWasInside()
    {
        var limit = new AdaptiveLimit(10, 1_000);

        Assert.True(limit.Close(new DelayWindow(Measured: 100, Late: 51, InFlightMost: 200)));
        Assert.Equal(180, limit.Value);
        Assert.True(limit.Close(new DelayWindow(100, 100, 400)));
        Assert.Equal(162, limit.Value);
    }

    [Fact]
    public void HalfLate_IsNoOverload_AndTheLimitRisesByItsRoot()
    {
        var limit = new AdaptiveLimit(10, 1_000);
        limit.Close(new DelayWindow(100, 100, 112));

        Assert.False(limit.Close(new DelayWindow(100, 50, 100)));

        Assert.Equal(110, limit.Value);
    }

    [Fact]
    public void Few_SayNothing()
    {
        var limit = new AdaptiveLimit(10, 1_000);

        Assert.False(limit.Close(new DelayWindow(9, 9, 500)));

        Assert.Equal(1_000, limit.Value);
    }

    [Fact]
    public void Limit_StaysWithinItsBounds()
    {
        var limit = new AdaptiveLimit(10, 100);
        for (var i = 0; i < 100; i++)
            limit.Close(new DelayWindow(100, 100, 100));
        Assert.Equal((10, true), (limit.Value, limit.IsLowest));

        for (var i = 0; i < 1_000; i++)
            limit.Close(new DelayWindow(100, 0, 100));
        Assert.Equal((100, false), (limit.Value, limit.IsLowest));
    }
}
