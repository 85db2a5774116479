using MemoryCluster.LocalEngine.Tests.Engines;
using MemoryCluster.LocalEngine.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace MemoryCluster.LocalEngine.Tests.Contract;

public sealed class StreamTests
{
    [Theory, BothEngines]
    public Task Items_ReachEverySubscriber_UntilItLeaves(EngineKind kind) => RunAsync(kind, async scene =>
    {
        var (first, second) = (scene.Grains.GetGrain<IListenerGrain>("first"), scene.Grains.GetGrain<IListenerGrain>("second"));
        await first.ListenAsync("news");
        await second.ListenAsync("news");
        await scene.Grains.GetGrain<IListenerGrain>("speaker").SendAsync("news", "one");
        await scene.Log.WhenAsync(entries => entries.Count == 2);
        await second.StopAsync("news");

        await scene.Grains.GetGrain<IListenerGrain>("speaker").SendAsync("news", "two");
        await scene.Log.SeenAsync("first heard two");
        await scene.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["first heard one", "first heard two", "second heard one"], scene.Log.Entries.Order());
    });

    [Theory, BothEngines]
    public Task GrainsSubscription_OutlivesItsActivation_WhereTheNextResumesIt(EngineKind kind) => RunAsync(kind, async scene =>
    {
        var grain = scene.Grains.GetGrain<IListenerGrain>("a");
        await grain.ListenAsync("lasting");
        await grain.EndAsync();

        await scene.Grains.GetGrain<IListenerGrain>("speaker").SendAsync("lasting", "one");

        await scene.Log.SeenAsync("a heard one");
    });

    [Theory, BothEngines]
    public Task Clients_SubscribeAndSendToo(EngineKind kind) => RunAsync(kind, async scene =>
    {
        var stream = scene.Grains.GetStreamProvider("notes").GetStream<Note>(StreamId.Create("tests", "news"));
        var handle = await stream.SubscribeAsync((note, _) =>
        {
            scene.Log.Add($"client heard {note.Text}");
            return Task.CompletedTask;
        });
        await stream.OnNextAsync(new Note("one"));
        await scene.Grains.GetGrain<IListenerGrain>("speaker").SendAsync("news", "two");
        await scene.Log.WhenAsync(entries => entries.Count == 2);

        await handle.UnsubscribeAsync();

        Assert.Empty(await stream.GetAllSubscriptionHandles());
    });

    private static Task RunAsync(EngineKind kind, Func<Scene, Task> fact) => Engine.RunAsync(kind, fact, setup =>
    {
        setup.Services = services => services.AddMemoryStreams("notes");
        setup.ClientServices = kind == EngineKind.Simulated ? setup.Services : setup.ClientServices;
    });
}
