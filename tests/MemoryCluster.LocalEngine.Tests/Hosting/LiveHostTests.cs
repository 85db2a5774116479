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
        await grain.EchoAsync(note, 1, TimeSpan.Zero);

        // The invocation and the result's task: what a call on the caller's thread costs, and nothing beside. The least of many
        // batches, because a method that seemed slow while it was compiled is left to the pool for a while.
        var least = long.MaxValue;
        for (var batch = 0; batch < 200; batch++)
        {
            least = Math.Min(least, BytesPerCall(grain, note));
            await grain.EchoAsync(note, 1, TimeSpan.Zero);
        }

        Assert.InRange(least, 1, 250);
        await host.StopAsync();
    }

    private static long BytesPerCall(ICallGrain grain, Note note)
    {
        const int count = 100;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var isInline = true;
        for (var call = 0; call < count; call++)
        {
            isInline &= grain.EchoAsync(note, 1, TimeSpan.Zero).IsCompletedSuccessfully;
        }

        return isInline ? (GC.GetAllocatedBytesForCurrentThread() - before) / count : long.MaxValue;
    }

    private static IHost Build(Log log) => new HostBuilder()
        .ConfigureServices(services => services
            .AddSingleton(log)
            .AddLocalEngine(options => options.GrainAssemblies.Add(typeof(LiveHostTests).Assembly)))
        .Build();
}
