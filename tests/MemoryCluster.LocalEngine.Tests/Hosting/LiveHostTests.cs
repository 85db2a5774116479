using MemoryCluster.LocalEngine.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Tests.Hosting;

public sealed class LiveHostTests
{
    [Fact]
    public async Task Stop_LetsGrainsFinishAndSayGoodbye_AndRefusesCallsFromThenOn()
    {
        var log = new Log();
        using var host = Build(log);
        await host.StartAsync();
        var grain = host.Services.GetRequiredService<IGrainFactory>().GetGrain<ILifeGrain>("a");
        var held = grain.HoldAsync("door");
        await log.SeenAsync("a held");

        var stopping = host.StopAsync();
        await Assert.ThrowsAsync<SiloUnavailableException>(() => grain.TouchAsync());
        Assert.False(stopping.IsCompleted);
        log.Open("door");
        await stopping;

        Assert.Equal(1, await held);
        Assert.Equal(["a up", "a held", "a down ShuttingDown", "a disposed"], log.Entries);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => grain.TouchAsync());
    }

    [Fact]
    public async Task Call_BeforeTheStart_IsRefused()
    {
        using var host = Build(new Log());

        await Assert.ThrowsAsync<SiloUnavailableException>(() => host.Services.GetRequiredService<IGrainFactory>().GetGrain<ILifeGrain>("a").TouchAsync());
    }

    [Fact]
    public async Task InlineCalls_AllocateLittle()
    {
        using var host = Build(new Log());
        await host.StartAsync();
        var grain = host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICallGrain>("a");
        var note = new Note("small");
        for (var warmUp = 0; warmUp < 100; warmUp++)
        {
            await grain.EchoAsync(note, 1, TimeSpan.Zero);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var calls = Enumerable.Range(0, 100).Select(_ => grain.EchoAsync(note, 1, TimeSpan.Zero)).Count(call => call.IsCompletedSuccessfully);
        var bytesPerCall = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;

        // The invocation and the result's task: what a call on the caller's thread costs, and nothing beside.
        Assert.Equal(100, calls);
        Assert.InRange(bytesPerCall, 0, 250);
        await host.StopAsync();
    }

    private static IHost Build(Log log) => new HostBuilder()
        .ConfigureServices(services => services
            .AddSingleton(log)
            .AddLocalEngine(options => options.GrainAssemblies.Add(typeof(LiveHostTests).Assembly)))
        .Build();
}
