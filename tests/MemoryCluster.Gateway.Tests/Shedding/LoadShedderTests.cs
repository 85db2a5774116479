using MemoryCluster.Gateway.Http;

namespace MemoryCluster.Gateway.Tests.Shedding;

/// <summary>The door in virtual time: a server that takes 1 ms a request serves 1,000 a second.</summary>
public sealed class LoadShedderTests
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Fact]
    public void BelowCapacity_NothingIsRefused()
    {
        using var server = new VirtualServer();

        server.Run(900, Long);

        Assert.Equal((54_000, 0), (server.Answered, server.Refused));
        Assert.Equal(new SheddingOptions().ConcurrencyMax, server.Shedder.Limit);
    }

    [Theory]
    [InlineData(1_500)]
    [InlineData(5_000)]
    public void Overload_IsRefused_AndThroughputAndWaitingStay(double perSecond)
    {
        using var server = new VirtualServer();
        server.Run(500, Calm);
        server.Run(perSecond, Settling);

        server.Run(perSecond, Long);

        Assert.InRange(server.Answered, 59_900, 60_100);
        Assert.InRange(server.Refused, (perSecond * 60) - 60_200, (perSecond * 60) - 59_800);
        // Twice the target: the limit swings around what keeps to it.
        Assert.InRange(server.Longest, TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void OverloadOfAnHour_DoesNotWearTheTargetAway()
    {
        using var server = new VirtualServer { Service = TimeSpan.FromMilliseconds(5) };
        server.Run(100, Calm);
        server.Run(300, TimeSpan.FromHours(1));

        server.Run(300, Long);

        Assert.True(server.Longest < TimeSpan.FromMilliseconds(5 * 32 * 2), $"{server.Longest}");
    }

    [Fact]
    public void AfterOverload_TheLimitRisesAgain()
    {
        using var server = new VirtualServer();
        server.Run(500, Calm);
        server.Run(3_000, Settling);
        var under = server.Shedder.Limit;

        server.Run(500, Calm);

        Assert.InRange(under, 32, 100);
        Assert.Equal(0, server.Refused);
        Assert.True(server.Shedder.Limit > 2 * under);
    }

    [Fact]
    public void ASlowRoute_IsNoOverload()
    {
        // 200 ms each, and forty of them together: an embedder over the network, and not a queue.
        using var server = new VirtualServer { Service = TimeSpan.FromMilliseconds(200), WorksOnAll = true };

        server.Run(200, Long);

        Assert.Equal(0, server.Refused);
        Assert.Equal(new SheddingOptions().ConcurrencyMax, server.Shedder.Limit);
    }

    [Fact]
    public void ARouteThatBecameSlower_IsBelievedInTheEnd()
    {
        using var server = new VirtualServer { WorksOnAll = true };
        server.Run(500, Calm);
        server.Service = TimeSpan.FromMilliseconds(200);
        server.Run(500, TimeSpan.FromMinutes(3));

        server.Run(500, Long);

        Assert.Equal(0, server.Refused);
    }

    [Fact]
    public void Faults_TellNothingOfWaiting()
    {
        using var server = new VirtualServer();
        server.Run(500, Calm);
        (server.Service, server.Status) = (TimeSpan.FromMilliseconds(1_500), 503);

        server.Run(20, TimeSpan.FromSeconds(30));

        Assert.Equal(new SheddingOptions().ConcurrencyMax, server.Shedder.Limit);
    }

    [Fact]
    public void WhereNothingEnds_AsManyAreInsideAsTheMostAllows()
    {
        using var server = new VirtualServer(shedding => shedding.ConcurrencyMax = 100);
        server.Service = TimeSpan.FromHours(1);

        server.Run(1_000, TimeSpan.FromSeconds(1));

        Assert.Equal((0, 900, 100), (server.Answered, server.Refused, server.Shedder.InFlight));
    }

    [Fact]
    public void ARouteWithoutAKey_AlwaysPasses_AndCountsForNothing()
    {
        using var server = new VirtualServer(shedding => (shedding.ConcurrencyMin, shedding.ConcurrencyMax) = (1, 1));
        server.Service = TimeSpan.FromHours(1);
        server.Run(1, TimeSpan.FromSeconds(1));
        var probe = new RouteDescription { Method = "GET", Pattern = "/healthz/live", Summary = "", Tag = "", Scope = KeyScopes.None };

        using var refused = server.Shedder.AttemptAcquire(VirtualServer.Request());
        using var passed = server.Shedder.AttemptAcquire(VirtualServer.Request(probe));

        Assert.Equal((false, true, 1), (refused.IsAcquired, passed.IsAcquired, server.Shedder.InFlight));
    }

    [Fact]
    public void ALease_IsGivenBackOnce()
    {
        using var server = new VirtualServer();
        var lease = server.Shedder.AttemptAcquire(VirtualServer.Request());

        lease.Dispose();
        lease.Dispose();

        Assert.Equal(0, server.Shedder.InFlight);
    }
}
