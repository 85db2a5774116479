namespace MemoryCluster.Grains;

/// <summary>How a grain over an engine is called.</summary>
internal static class EngineCalls
{
    /// <summary>Calls once more where the store was between two owners: nothing was done then, and the next call meets the next owner.</summary>
    public static async Task<T> CallAsync<TGrain, T>(this TGrain grain, Func<TGrain, Task<T>> call)
        where TGrain : IGrainWithStringKey
    {
        try
        {
            return await call(grain);
        }
        catch (MemoryClusterException e) when (e.Fault == MemoryFault.ShardUnavailable && !e.IsSplit())
        {
            return await call(grain);
        }
    }

    /// <inheritdoc cref="CallAsync{TGrain, T}"/>
    public static Task CallAsync<TGrain>(this TGrain grain, Func<TGrain, Task> call)
        where TGrain : IGrainWithStringKey =>
        grain.CallAsync(async owner =>
        {
            await call(owner);
            return true;
        });
}
