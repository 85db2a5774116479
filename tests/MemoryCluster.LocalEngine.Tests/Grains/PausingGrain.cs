using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Tests.Grains;

internal sealed class PausingGrain(ILocalSiloDetails silo, Log log) : Grain, IPausingGrain
{
    public async Task PauseAsync(string door)
    {
        log.Add($"{this.GetPrimaryKeyString()} paused");
        await log.PassAsync(door);
        log.Add($"{this.GetPrimaryKeyString()} went on");
    }

    public Task<string> WhereAsync() => Task.FromResult(silo.Name);

    public Task LeaveThreadAsync()
    {
        // What a continuation on the pool does, at a moment that does not depend on the pool.
        var context = SynchronizationContext.Current!;
        var thread = new Thread(() => context.Post(static _ => { }, null));
        thread.Start();
        thread.Join();
        return Task.CompletedTask;
    }
}
