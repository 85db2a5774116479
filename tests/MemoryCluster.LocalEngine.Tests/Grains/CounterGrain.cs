using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Tests.Grains;

/// <summary>Counts in memory, and what a silo cannot forget in its log.</summary>
internal sealed class CounterGrain(ILocalSiloDetails silo, Log log) : Grain, ICounterGrain
{
    private int _count;

    public Task<int> AddAsync(int amount)
    {
        log.Add($"{this.GetPrimaryKeyString()} +{amount}");
        return Task.FromResult(_count += amount);
    }

    public Task<int> ReadAsync() => Task.FromResult(_count);

    public Task<string> WhoAsync() => Task.FromResult($"{silo.Name}{GrainContext.ActivationId}");

    public Task DieAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        log.Add($"{this.GetPrimaryKeyString()} up");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        log.Add($"{this.GetPrimaryKeyString()} down {reason.ReasonCode}");
        return Task.CompletedTask;
    }
}
