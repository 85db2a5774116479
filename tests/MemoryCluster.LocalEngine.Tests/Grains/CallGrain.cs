using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Tests.Grains;

internal sealed class CallGrain(Log log) : Grain, ICallGrain
{
    public Task<Note> EchoAsync(Note note, int number, TimeSpan span) => Task.FromResult(note);

    public ValueTask<int> AddAsync(int left, int right) => new(left + right);

    public ValueTask<int> AddAsync(int left, int middle, int right) => new(left + middle + right);

    public async ValueTask NothingAsync() => await Task.Yield();

    public Task FailAtOnceAsync() => throw new NotFiniteNumberException("at once", 1.5);

    public async Task FailLaterAsync()
    {
        await Task.Yield();
        throw new NotFiniteNumberException("later", 1.5);
    }

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        log.Add("waiting");
        try
        {
            await log.PassAsync("never").WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            log.Add("canceled");
            throw;
        }
    }

    public Task WaitBrieflyAsync(CancellationToken cancellationToken) => WaitAsync(cancellationToken);

    public Task<string?> ContextAsync(string key)
    {
        var value = RequestContext.Get(key) as string;
        RequestContext.Set(key, "changed by the callee");
        return Task.FromResult(value);
    }

    public async Task<string?> ContextOfNextAsync(string key)
    {
        await Task.Yield();
        return await GrainFactory.GetGrain<ICallGrain>("next").ContextAsync(key);
    }
}
