namespace MemoryCluster.LocalEngine.Simulation;

/// <summary>Runs a whole cluster of virtual silos on the calling thread, in virtual time, with every choice taken from one seed.</summary>
public static class Simulation
{
    /// <summary>Runs <paramref name="main"/> in the simulated cluster until it ends.</summary>
    /// <exception cref="SimulationFailedException">It failed, got stuck, ran on for too long, or let work escape to another thread.</exception>
    public static SimulationResult Run(int seed, SimulationOptions options, Func<SimulatedCluster, Task> main)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(main);
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            using var cluster = new SimulatedCluster(seed, options);
            return cluster.Run(main);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
