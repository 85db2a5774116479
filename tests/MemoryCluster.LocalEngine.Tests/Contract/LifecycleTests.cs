using MemoryCluster.LocalEngine.Tests.Engines;
using MemoryCluster.LocalEngine.Tests.Grains;

namespace MemoryCluster.LocalEngine.Tests.Contract;

public sealed class LifecycleTests
{
    [Theory, BothEngines]
    public Task GrainThatEnds_SaysGoodbye_AndTheNextCallFindsANewLife(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var grain = scene.Grains.GetGrain<ILifeGrain>("a");
        Assert.Equal(1, await grain.TouchAsync());

        await grain.EndAsync();

        Assert.Equal(2, await grain.TouchAsync());
        Assert.Equal(["a up", "a down ApplicationRequested", "a disposed", "a up"], scene.Log.Entries);
    });

    [Theory, BothEngines]
    public Task GrainThatEnds_FinishesFirst_AndCallsThatWaitGoToItsSuccessor(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var grain = scene.Grains.GetGrain<ILifeGrain>("a");
        var held = grain.HoldAsync("door");
        await scene.Log.SeenAsync("a held");
        var ending = grain.EndAsync();
        var touches = Enumerable.Range(0, 3).Select(_ => grain.TouchAsync()).ToArray();

        scene.Log.Open("door");

        Assert.Equal(1, await held);
        await ending;
        Assert.All(await Task.WhenAll(touches), life => Assert.Equal(2, life));
    });

    [Theory, BothEngines]
    public Task GrainThatFailsToComeUp_FailsItsCallers_AndIsTriedAgain(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var grain = scene.Grains.GetGrain<ILifeGrain>("sickly");

        Assert.Equal("sick", (await Assert.ThrowsAsync<InvalidDataException>(() => grain.TouchAsync())).Message);

        Assert.Equal(2, await grain.TouchAsync());
    });

    [Theory, BothEngines]
    public Task GrainThatFailsToSayGoodbye_GoesAllTheSame(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var grain = scene.Grains.GetGrain<ILifeGrain>("stubborn");

        await grain.EndAsync();

        Assert.Equal(2, await grain.TouchAsync());
        Assert.Contains("stubborn disposed", scene.Log.Entries);
    });

    [Theory, BothEngines]
    public Task IdleGrain_IsEnded_AndABusyOneIsNot(EngineKind kind) => Engine.RunAsync(
        kind,
        async scene =>
        {
            await scene.Grains.GetGrain<ILifeGrain>("idle").TouchAsync();
            await scene.Grains.GetGrain<ILifeGrain>("kept").StayAsync(TimeSpan.FromDays(1));
            await scene.Grains.GetGrain<IImmortalGrain>("immortal").TouchAsync();
            for (var minute = 0; minute < 4; minute++)
            {
                await scene.Grains.GetGrain<ILifeGrain>("busy").TouchAsync();
                await scene.PassAsync(TimeSpan.FromMinutes(1));
            }

            await scene.Log.SeenAsync("idle down ActivationIdle");
            Assert.Equal(1, await scene.Grains.GetGrain<ILifeGrain>("busy").TouchAsync());
            Assert.Equal(1, await scene.Grains.GetGrain<ILifeGrain>("kept").TouchAsync());
            Assert.Equal(1, await scene.Grains.GetGrain<IImmortalGrain>("immortal").TouchAsync());
            Assert.Equal(2, await scene.Grains.GetGrain<ILifeGrain>("idle").TouchAsync());
        },
        setup => setup.Options.CollectionAge = TimeSpan.FromMinutes(2));
}
