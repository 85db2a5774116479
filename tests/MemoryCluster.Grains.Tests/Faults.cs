namespace MemoryCluster.Grains.Tests;

internal static class Faults
{
    /// <summary>The fault that <paramref name="call"/> ends with, however many grains it crossed.</summary>
    public static async Task<MemoryClusterException> OfAsync(Func<Task> call) => await Assert.ThrowsAsync<MemoryClusterException>(call);
}
