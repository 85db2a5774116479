using MemoryCluster.LocalEngine.Tests.Engines;
using MemoryCluster.LocalEngine.Tests.Grains;

namespace MemoryCluster.LocalEngine.Tests.Contract;

public sealed class TurnTests
{
    private const string Plain = "MemoryCluster.LocalEngine.Tests.Grains.TurnGrain";
    private const string Reentrant = "MemoryCluster.LocalEngine.Tests.Grains.ReentrantTurnGrain";
    private const string Selective = "MemoryCluster.LocalEngine.Tests.Grains.SelectiveTurnGrain";

    [Theory, BothEngines]
    public Task Request_WaitsUntilTheOneBeforeItHasEnded(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var grain = scene.Grains.GetGrain<ITurnGrain>("a", Plain);
        var first = grain.WriteAsync("one");
        await scene.Log.SeenAsync("write one began");
        scene.Log.Open("two");
        var second = grain.WriteAsync("two");
        var third = grain.InterleaveAsync("two");
        await third;

        scene.Log.Open("one");
        await Task.WhenAll(first, second);

        Assert.Equal(
            ["write one began", "interleave two began", "interleave two ended", "write one ended", "write two began", "write two ended"],
            scene.Log.Entries);
    });

    [Theory, BothEngines]
    public Task Readers_ShareTheGrain_AndWritersDoNot(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var grain = scene.Grains.GetGrain<ITurnGrain>("a", Plain);
        var first = grain.ReadAsync("one");
        var second = grain.ReadAsync("two");
        await scene.Log.WhenAsync(entries => entries.Count == 2);
        var write = grain.WriteAsync("three");
        scene.Log.Open("three");

        scene.Log.Open("two");
        await second;
        Assert.DoesNotContain("write three began", scene.Log.Entries);
        scene.Log.Open("one");
        await Task.WhenAll(first, write);

        Assert.Equal("write three ended", scene.Log.Entries[^1]);
    });

    [Theory, BothEngines]
    public Task ReentrantClass_LetsRequestsInAtItsAwaits(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var grain = scene.Grains.GetGrain<ITurnGrain>("a", Reentrant);
        var first = grain.WriteAsync("one");
        await scene.Log.SeenAsync("write one began");
        scene.Log.Open("two");

        await grain.WriteAsync("two");

        Assert.DoesNotContain("write one ended", scene.Log.Entries);
        scene.Log.Open("one");
        await first;
    });

    [Theory, BothEngines]
    public Task MayInterleave_AsksThePredicate(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var grain = scene.Grains.GetGrain<ITurnGrain>("a", Selective);
        var first = grain.WriteAsync("one");
        await scene.Log.SeenAsync("write one began");
        var ordinary = grain.WriteAsync("two");
        scene.Log.Open("urgent");
        scene.Log.Open("two");

        await grain.WriteAsync("urgent");

        Assert.DoesNotContain("write two began", scene.Log.Entries);
        scene.Log.Open("one");
        await Task.WhenAll(first, ordinary);
    });

    [Theory, BothEngines]
    public Task OneWayCall_ReturnsBeforeItsEffect(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var grain = scene.Grains.GetGrain<ITurnGrain>("a", Plain);

        await grain.TellAsync("one");

        Assert.DoesNotContain("tell one ended", scene.Log.Entries);
        scene.Log.Open("one");
        await scene.Log.SeenAsync("tell one ended");
    });

    [Theory, BothEngines]
    public Task CallThatComesBackToItsGrain_WaitsForEver_UnlessTheGrainAllowsIt(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var grain = scene.Grains.GetGrain<IChainGrain>("a");
        Assert.Equal(1, await grain.DescendAsync(1, allow: true));

        var stuck = grain.DescendAsync(1, allow: false);
        await scene.Log.SeenAsync("b called back", times: 2);
        await scene.PassAsync(TimeSpan.FromSeconds(31));

        await Assert.ThrowsAsync<TimeoutException>(() => stuck);
    });

    [Theory, BothEngines]
    public Task DeepCalls_DoNotExhaustTheStack(EngineKind kind) => Engine.RunAsync(kind, async scene =>
        Assert.Equal(2000, await scene.Grains.GetGrain<IChainGrain>("0").CountAsync(2000)));

    [Theory, BothEngines]
    public Task OneTurnAtATime_HoldsUnderRandomCalls(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var random = new Random(20260801);
        var plans = Enumerable.Range(0, 24).Select(_ => Enumerable.Range(0, 60).Select(_ => (Grain: random.Next(3), Kind: random.Next(4), Yields: random.Next(4))).ToArray()).ToArray();

        await Task.WhenAll(plans.Select(async plan =>
        {
            await Task.Yield();
            foreach (var (grain, method, yields) in plan)
            {
                var target = scene.Grains.GetGrain<IWitnessGrain>($"witness-{grain}");
                await (method switch
                {
                    0 => target.ReadAsync(yields),
                    1 => target.InterleaveAsync(yields),
                    _ => target.WriteAsync(yields),
                });
            }
        }));

        for (var grain = 0; grain < 3; grain++)
        {
            Assert.Empty(await scene.Grains.GetGrain<IWitnessGrain>($"witness-{grain}").ViolationsAsync());
        }
    });
}
