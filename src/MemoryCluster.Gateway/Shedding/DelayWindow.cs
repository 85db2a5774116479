namespace MemoryCluster.Gateway.Shedding;

/// <summary>What one interval showed.</summary>
/// <param name="Measured">Requests that ended in it and tell of waiting.</param>
/// <param name="Late">Of them, those that waited longer than they should.</param>
/// <param name="InFlightMost">The most that were inside at a time.</param>
internal readonly record struct DelayWindow(int Measured, int Late, int InFlightMost);
