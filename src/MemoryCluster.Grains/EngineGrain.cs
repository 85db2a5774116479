namespace MemoryCluster.Grains;

/// <summary>A shell over an engine that may fail for good: fenced by a later owner, or unsure of what its store holds.</summary>
internal abstract class EngineGrain : Grain
{
    /// <summary>Whether the engine refuses everything from now on.</summary>
    protected abstract bool HasFailed { get; }

    /// <summary>Does what may wait.</summary>
    protected abstract Task MaintainAsync(CancellationToken cancellationToken);

    protected void StartUpkeep(TimeSpan period, Random random)
    {
        // spread, so that grains activated together do not rewrite their logs together
        var own = period * (0.75 + (random.NextDouble() / 2));
        this.RegisterGrainTimer(
            cancellationToken => WatchAsync(MaintainAsync(cancellationToken)), new GrainTimerCreationOptions(own, own) { Interleave = true });
    }

    protected async Task<T> WatchAsync<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        finally
        {
            EndIfFailed();
        }
    }

    protected async Task WatchAsync(Task work)
    {
        try
        {
            await work;
        }
        finally
        {
            EndIfFailed();
        }
    }

    // The next call opens anew, and with that takes the store's next epoch.
    private void EndIfFailed()
    {
        if (HasFailed)
        {
            DeactivateOnIdle();
        }
    }
}
