using MemoryCluster.LocalEngine.Tests.Engines;
using MemoryCluster.LocalEngine.Tests.Grains;
using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Tests.Contract;

public sealed class CallTests
{
    [Theory, BothEngines]
    public Task Values_TravelAsTheyAre(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var grain = scene.Grains.GetGrain<ICallGrain>("a");
        var note = new Note("seen");

        Assert.Same(note, await grain.EchoAsync(note, 1, TimeSpan.Zero));
        Assert.Equal(5, await grain.AddAsync(2, 3));
        Assert.Equal(9, await grain.AddAsync(2, 3, 4));
        await grain.NothingAsync();
    });

    [Theory, BothEngines]
    public Task Exceptions_KeepTheirType(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var grain = scene.Grains.GetGrain<ICallGrain>("a");

        Assert.Equal("at once", (await Assert.ThrowsAsync<NotFiniteNumberException>(() => grain.FailAtOnceAsync())).Message);
        Assert.Equal("later", (await Assert.ThrowsAsync<NotFiniteNumberException>(() => grain.FailLaterAsync())).Message);
    });

    [Theory, BothEngines]
    public Task References_AreEqualByIdentity_AndCastToOtherInterfaces(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var grain = scene.Grains.GetGrain<ICallGrain>("a/b");

        Assert.Equal("a/b", grain.GetPrimaryKeyString());
        Assert.Equal(grain, scene.Grains.GetGrain<ICallGrain>("a/b"));
        Assert.NotEqual(grain, scene.Grains.GetGrain<ICallGrain>("c"));
        Assert.Equal(GrainId.Create("call", "a/b"), grain.GetGrainId());
        Assert.Equal(3, await scene.Grains.GetGrain<ICallGrain>(GrainId.Parse("call/a/b")).AddAsync(1, 2));
        Assert.Equal(3, await grain.Cast<ICallGrain>().AddAsync(1, 2));
        Assert.Equal(3, await ((ICallGrain)scene.Grains.GetGrain(typeof(ICallGrain), "a")).AddAsync(1, 2));
    });

    [Theory, BothEngines]
    public Task CallWithoutAnswer_TimesOut_AndTheGrainIsToldToStop(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var pending = scene.Grains.GetGrain<ICallGrain>("a").WaitAsync(CancellationToken.None);
        await scene.Log.SeenAsync("waiting");

        await scene.PassAsync(TimeSpan.FromSeconds(31));

        var timeout = await Assert.ThrowsAsync<TimeoutException>(() => pending);
        Assert.Contains("ICallGrain/WaitAsync on call/a", timeout.Message, StringComparison.Ordinal);
        Assert.Contains("1 running", timeout.Message, StringComparison.Ordinal);
        await scene.Log.SeenAsync("canceled");
    });

    [Theory, BothEngines]
    public Task Method_MayHaveATimeoutOfItsOwn(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var pending = scene.Grains.GetGrain<ICallGrain>("a").WaitBrieflyAsync(CancellationToken.None);
        await scene.Log.SeenAsync("waiting");

        await scene.PassAsync(TimeSpan.FromSeconds(3));

        await Assert.ThrowsAsync<TimeoutException>(() => pending);
    });

    [Theory, BothEngines]
    public Task CallerThatGivesUp_IsLetGoAtOnce_AndTheGrainIsTold(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        using var patience = new CancellationTokenSource();
        var pending = scene.Grains.GetGrain<ICallGrain>("a").WaitAsync(patience.Token);
        await scene.Log.SeenAsync("waiting");

        patience.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        await scene.Log.SeenAsync("canceled");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.Grains.GetGrain<ICallGrain>("a").WaitAsync(patience.Token));
    });

    [Theory, BothEngines]
    public Task RequestContext_FlowsOn_AndNotBack(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var grain = scene.Grains.GetGrain<ICallGrain>("a");
        RequestContext.Set("trace", "42");

        Assert.Equal("42", await grain.ContextAsync("trace"));
        Assert.Equal("42", await grain.ContextOfNextAsync("trace"));
        Assert.Equal("42", RequestContext.Get("trace"));
        RequestContext.Clear();
        Assert.Null(await grain.ContextAsync("trace"));
    });

    [Theory, BothEngines]
    public Task FullQueue_RefusesFurtherCalls(EngineKind kind) => Engine.RunAsync(
        kind,
        async scene =>
        {
            var grain = scene.Grains.GetGrain<IPausingGrain>("a");
            var accepted = Enumerable.Range(0, 3).Select(_ => grain.PauseAsync("door")).ToArray();
            await scene.Log.SeenAsync("a paused");
            await scene.PassAsync(TimeSpan.FromMilliseconds(100));

            var refused = await Assert.ThrowsAsync<LimitExceededException>(() => grain.PauseAsync("door"));

            Assert.Contains("3 of 3", refused.Message, StringComparison.Ordinal);
            scene.Log.Open("door");
            await Task.WhenAll(accepted);
        },
        setup => setup.Options.EnqueuedRequestsMax = 3);

    [Theory, BothEngines]
    public Task InterfaceWithoutAClass_IsRefusedWhenTheReferenceIsMade(EngineKind kind) => Engine.RunAsync(kind, scene =>
    {
        var refused = Assert.Throws<ArgumentException>(() => scene.Grains.GetGrain<IOrphanGrain>("a"));
        Assert.Contains("IOrphanGrain", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => scene.Grains.GetGrain<ITurnGrain>("a"));
        return Task.CompletedTask;
    });

    public interface IOrphanGrain : IGrainWithStringKey;
}
