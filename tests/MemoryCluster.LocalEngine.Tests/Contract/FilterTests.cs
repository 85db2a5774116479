using MemoryCluster.LocalEngine.Tests.Engines;
using MemoryCluster.LocalEngine.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace MemoryCluster.LocalEngine.Tests.Contract;

public sealed class FilterTests
{
    [Theory, BothEngines]
    public Task IncomingFilters_SeeAndChangeArgumentsAndResults(EngineKind kind) => Engine.RunAsync(
        kind,
        async scene =>
        {
            Assert.Equal(777, await scene.Grains.GetGrain<ICallGrain>("a").AddAsync(7, 7));
            await scene.Grains.GetGrain<ICallGrain>("a").NothingAsync();

            Assert.Equal(
                ["in ICallGrain.AddAsync on call/a", "in gave 77, CallGrain", "in ICallGrain.NothingAsync on call/a", "in gave , CallGrain"],
                scene.Log.Entries);
        },
        setup => setup.Services = services => services.AddSingleton<IIncomingGrainCallFilter, Recorder>());

    [Theory, BothEngines]
    public Task OutgoingFilters_SeeTheCaller_AndMayTryAgain(EngineKind kind) => Engine.RunAsync(
        kind,
        async scene =>
        {
            await Assert.ThrowsAsync<NotFiniteNumberException>(() => scene.Grains.GetGrain<ICallGrain>("a").FailLaterAsync());

            Assert.Equal(["out FailLaterAsync from a client", "out failed, and again"], scene.Log.Entries);
        },
        setup => setup.ClientServices = services => services.AddSingleton<IOutgoingGrainCallFilter, Recorder>());

    [Theory, BothEngines]
    public Task GrainsCalls_PassTheFiltersOfTheirSilo(EngineKind kind) => Engine.RunAsync(
        kind,
        async scene =>
        {
            await scene.Grains.GetGrain<ICallGrain>("a").ContextOfNextAsync("nothing");

            Assert.Contains("out ContextAsync from call/a", scene.Log.Entries);
        },
        setup => setup.Services = services => services.AddSingleton<IOutgoingGrainCallFilter, Recorder>());
}
