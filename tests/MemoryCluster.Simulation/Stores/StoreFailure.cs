namespace MemoryCluster.Simulations.Stores;

/// <summary>The failures that a store's port allows.</summary>
internal static class StoreFailure
{
    public static MemoryClusterException NothingDone(string what) =>
        new(MemoryFault.StoreUnavailable, $"Simulated: {what} failed; nothing was written.");

    public static MemoryClusterException Unknown(string what) =>
        new(MemoryFault.OutcomeUnknown, $"Simulated: {what} broke off; any prefix may be durable.");
}
