namespace MemoryCluster.Grains;

/// <summary>A shell over an engine that may fail for good: fenced by a later owner, or unsure of what its store holds.</summary>
internal abstract class EngineGrain : Grain
{
    /// <summary>Whether the engine refuses everything from now on.</summary>
    protected abstract bool HasFailed { get; }

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
