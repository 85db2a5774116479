using MemoryCluster.LocalEngine.Tests.Engines;
using MemoryCluster.LocalEngine.Tests.Grains;

namespace MemoryCluster.LocalEngine.Tests.Contract;

public sealed class TimerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory, BothEngines]
    public Task Timer_TicksAgainAndAgain_AlsoAfterAFailure_UntilItIsStopped(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var grain = scene.Grains.GetGrain<ITimerGrain>("a");
        await grain.StartAsync(5 * Second, 10 * Second, interleave: false, keepAlive: false);

        await TickedAsync(scene, 5 * Second, "tick 1 at 5 s");
        await TickedAsync(scene, 10 * Second, "tick 2 at 15 s");
        await TickedAsync(scene, 10 * Second, "tick 3 at 25 s");
        await grain.ChangeAsync(Second, Timeout.InfiniteTimeSpan);
        await TickedAsync(scene, Second, "tick 4 at 26 s");
        await grain.ChangeAsync(Second, Second);
        await grain.StopAsync();
        await scene.PassAsync(100 * Second);

        Assert.Equal(4, scene.Log.Entries.Count(IsTick));
    });

    [Theory, BothEngines]
    public Task Tick_WaitsForTheRequestInProgress_UnlessItInterleaves(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        foreach (var interleave in new[] { false, true })
        {
            var grain = scene.Grains.GetGrain<ITimerGrain>($"{interleave}");
            await grain.StartAsync(Second, Timeout.InfiniteTimeSpan, interleave, keepAlive: false);
            var held = grain.HoldAsync($"door {interleave}");
            await scene.Log.SeenAsync("held", interleave ? 2 : 1);
            await scene.PassAsync(2 * Second);
            if (interleave)
            {
                await scene.Log.WhenAsync(entries => IsTick(entries[^1]));
            }

            scene.Log.Open($"door {interleave}");
            await held;
            await scene.Log.WhenAsync(entries => entries.Count(IsTick) == (interleave ? 2 : 1));
        }

        Assert.Equal(["held", "let go", "tick 1", "held", "tick 1", "let go"], scene.Log.Entries.Select(entry => entry.Split(" at ")[0]));
    });

    [Theory, BothEngines]
    public Task Timer_DiesWithItsActivation(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var grain = scene.Grains.GetGrain<ITimerGrain>("a");
        await grain.StartAsync(Second, Second, interleave: false, keepAlive: false);

        await grain.EndAsync();
        await scene.Log.SeenAsync("down ApplicationRequested");
        await scene.PassAsync(10 * Second);

        Assert.DoesNotContain(scene.Log.Entries, IsTick);
    });

    // Simulated only: beside the live engine, the moment at which a tick on the pool arms the next cannot be waited for without touching the grain.
    [Fact]
    public Task Ticks_KeepAGrainAlive_OnlyWhereTheyAreToldTo() => Engine.RunAsync(
        EngineKind.Simulated,
        async scene =>
        {
            await scene.Grains.GetGrain<ITimerGrain>("a").StartAsync(Second, 30 * Second, interleave: false, keepAlive: true);
            for (var minute = 0; minute < 10; minute++)
            {
                var before = scene.Log.Entries.Count;
                await scene.PassAsync(31 * Second);
                await scene.Log.WhenAsync(entries => entries.Count > before);
            }

            Assert.DoesNotContain("down ActivationIdle", scene.Log.Entries);
            await scene.Grains.GetGrain<ITimerGrain>("a").StopAsync();
            await scene.Grains.GetGrain<ITimerGrain>("a").StartAsync(Second, 30 * Second, interleave: false, keepAlive: false);
            for (var minute = 0; minute < 5; minute++)
            {
                await scene.PassAsync(60 * Second);
            }

            await scene.Log.SeenAsync("down ActivationIdle");
        },
        setup => setup.Options.CollectionAge = TimeSpan.FromMinutes(2));

    private static bool IsTick(string entry) => entry.StartsWith("tick", StringComparison.Ordinal);

    // On the live engine the tick that the clock sets off runs on the pool, and arms the next only then.
    private static async Task TickedAsync(Scene scene, TimeSpan by, string tick)
    {
        await scene.PassAsync(by);
        await scene.Log.SeenAsync(tick);
        await scene.Grains.GetGrain<ITimerGrain>("a").HoldAsync(OpenDoor(scene));
    }

    private static string OpenDoor(Scene scene)
    {
        scene.Log.Open("open");
        return "open";
    }
}
