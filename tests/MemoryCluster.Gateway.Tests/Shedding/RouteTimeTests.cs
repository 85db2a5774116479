using MemoryCluster.Gateway.Shedding;

namespace MemoryCluster.Gateway.Tests.Shedding;

public sealed class RouteTimeTests
{
    [Fact]
    public void WhatIsAboveTheLeastMean_WasWaiting()
    {
        var route = new RouteTime();
        Close(route, 20);
        Close(route, 10);
        Close(route, 30);

        Assert.Equal((5, 0), (Delay(route, 15), Delay(route, 8)));
    }

    [Fact]
    public void OneQuickRequest_IsNotTakenForTheRoute()
    {
        var route = new RouteTime();
        Delay(route, 0);
        for (var i = 0; i < 19; i++)
            Delay(route, 200);
        route.CloseWindow();

        Assert.Equal(10, Delay(route, 200));
    }

    [Fact]
    public void AnUnknownRoute_HasNoDelay()
    {
        var route = new RouteTime();
        Assert.Equal(0, Delay(route, 500));
        route.CloseWindow();

        Assert.Equal(0, Delay(route, 500));
    }

    [Fact]
    public void WhatIsOld_IsForgottenInTwoTurns()
    {
        var route = new RouteTime();
        Close(route, 10);
        route.Turn();
        Close(route, 100);
        Assert.Equal(90, Delay(route, 100));

        route.CloseWindow();
        route.Turn();

        Assert.Equal(0, Delay(route, 100));
    }

    [Fact]
    public void ATurnWithoutRequests_ForgetsNothing()
    {
        var route = new RouteTime();
        Close(route, 10);
        route.Turn();
        route.Turn();
        route.Turn();

        Assert.Equal(90, Delay(route, 100));
    }

    private static void Close(RouteTime route, int milliseconds)
    {
        for (var i = 0; i < 10; i++)
            Delay(route, milliseconds);
        route.CloseWindow();
    }

    private static double Delay(RouteTime route, int milliseconds) => route.Record(TimeSpan.FromMilliseconds(milliseconds)).TotalMilliseconds;
}
