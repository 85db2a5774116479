using MemoryCluster.LocalEngine.Tests.Engines;
using MemoryCluster.LocalEngine.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Placement;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Tests.Contract;

public sealed class PlacementTests
{
    private const string Prefix = "MemoryCluster.LocalEngine.Tests.Grains.";

    [Theory, BothEngines]
    public Task RandomPlacement_UsesEverySilo_AndAGrainStaysWhereItIs(EngineKind kind) => RunAsync(kind, async scene =>
    {
        var first = await WhereAsync(scene, "RandomlyPlaced", 40);
        var second = await WhereAsync(scene, "RandomlyPlaced", 40);

        Assert.Equal(4, first.Distinct().Count());
        Assert.Equal(first, second);
    });

    [Theory, BothEngines]
    public Task HashBasedPlacement_IsTheSameInEveryCluster(EngineKind kind) => RunAsync(kind, async scene =>
    {
        var silos = await WhereAsync(scene, "HashPlaced", 8);

        Assert.Equal(silos.Length, silos.Zip(ExpectedByHash(8)).Count(pair => pair.First == pair.Second));
    });

    [Theory, BothEngines]
    public Task PreferLocalPlacement_StaysWithItsCaller(EngineKind kind) => RunAsync(kind, async scene =>
    {
        for (var index = 0; index < 10; index++)
        {
            var caller = scene.Grains.GetGrain<IPlacedGrain>($"caller-{index}", Prefix + "RandomlyPlaced");

            Assert.Equal(await caller.WhereAsync(), await caller.WhereFromHereAsync(Prefix + "LocallyPlaced", $"callee-{index}"));
        }
    });

    [Theory, BothEngines]
    public Task CountBasedPlacement_SpreadsEvenly(EngineKind kind) => RunAsync(kind, async scene =>
    {
        var counts = (await WhereAsync(scene, "EvenlyPlaced", 200)).GroupBy(silo => silo).Select(silo => silo.Count()).ToArray();

        Assert.Equal(4, counts.Length);
        Assert.InRange(counts.Max() - counts.Min(), 0, 12);
    });

    [Theory, BothEngines]
    public Task PlacementFilter_KeepsGrainsOnSilosThatPass(EngineKind kind) => RunAsync(kind, async scene =>
    {
        var silos = await WhereAsync(scene, "GpuPlaced", 20);

        Assert.Equal(["silo-1", "silo-3"], silos.Distinct().Order());
    });

    [Theory, BothEngines]
    public Task PlacementFilter_ThatNoSiloPasses_FailsTheCall(EngineKind kind) => Engine.RunAsync(
        kind,
        async scene =>
        {
            var refused = await Assert.ThrowsAsync<SiloUnavailableException>(() => WhereAsync(scene, "GpuPlaced", 1));

            Assert.Contains("AcceleratorFilterStrategy", refused.Message, StringComparison.Ordinal);
        },
        AddFilter);

    [Theory, BothEngines]
    public Task StatelessWorker_HasSoManyActivationsAtOnce_AndReusesThem(EngineKind kind) => Engine.RunAsync(kind, async scene =>
    {
        var worker = scene.Grains.GetGrain<IWorkerGrain>("w");
        var working = Enumerable.Range(0, 5).Select(_ => worker.WorkAsync("door")).ToArray();
        await scene.Log.SeenAsync("began", times: 3);
        await scene.PassAsync(TimeSpan.FromMilliseconds(100));
        Assert.Equal(3, scene.Log.Entries.Count);

        scene.Log.Open("door");
        var activations = await Task.WhenAll(working);
        var later = await worker.WorkAsync("door");

        Assert.Equal(3, activations.Distinct().Count());
        Assert.Contains(later, activations);
    });

    private static Task RunAsync(EngineKind kind, Func<Scene, Task> fact) => Engine.RunAsync(kind, fact, setup =>
    {
        for (var silo = 0; silo < 4; silo++)
        {
            var options = new SiloOptions();
            options.Metadata["accelerator"] = silo % 2 == 0 ? "none" : "gpu";
            setup.Options.Silos.Add(options);
        }

        AddFilter(setup);
    });

    private static void AddFilter(Setup setup) => setup.Services = services =>
        services.AddPlacementFilter<AcceleratorFilterStrategy, AcceleratorFilterDirector>(ServiceLifetime.Singleton);

    private static async Task<string[]> WhereAsync(Scene scene, string prefix, int count)
    {
        var silos = new string[count];
        for (var index = 0; index < count; index++)
        {
            silos[index] = await scene.Grains.GetGrain<IPlacedGrain>($"grain-{index}", Prefix + prefix).WhereAsync();
        }

        return silos;
    }

    private static IEnumerable<string> ExpectedByHash(int count) =>
        Enumerable.Range(0, count).Select(index => $"silo-{GrainId.Create("hashplaced", $"grain-{index}").GetUniformHashCode() % 4}");
}
