using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Tests.Grains;

/// <summary>Knows which of its lives it lives; the first one of "sickly" fails.</summary>
internal sealed class LifeGrain(IGrainContext context, Log log) : IGrainBase, ILifeGrain, IAsyncDisposable
{
    private int _life;

    public IGrainContext GrainContext => context;

    private string Key => context.GrainId.Key.ToString();

    public Task OnActivateAsync(CancellationToken token)
    {
        log.Add($"{Key} up");
        _life = log.Entries.Count(entry => entry == $"{Key} up");
        return Key == "sickly" && _life == 1 ? throw new InvalidDataException("sick") : Task.CompletedTask;
    }

    public Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token)
    {
        log.Add($"{Key} down {reason.ReasonCode}");
        return Key == "stubborn" ? throw new InvalidDataException("stubborn") : Task.CompletedTask;
    }

    public Task<int> TouchAsync() => Task.FromResult(_life);

    public async Task<int> HoldAsync(string door)
    {
        log.Add($"{Key} held");
        await log.PassAsync(door);
        return _life;
    }

    public Task StayAsync(TimeSpan time)
    {
        ((IGrainRuntime)context.ActivationServices.GetService(typeof(IGrainRuntime))!).DelayDeactivation(context, time);
        return Task.CompletedTask;
    }

    public Task EndAsync()
    {
        this.DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        log.Add($"{Key} disposed");
        return ValueTask.CompletedTask;
    }
}
