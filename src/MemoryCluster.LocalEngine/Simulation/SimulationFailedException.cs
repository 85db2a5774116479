namespace MemoryCluster.LocalEngine.Simulation;

/// <summary>A run failed. The message tells the seed and how to replay it.</summary>
public sealed class SimulationFailedException : Exception
{
    internal SimulationFailedException(int seed, string what, string? replayCommand, Exception? cause)
        : base($"Seed {seed}: {what}{(replayCommand is null ? "" : $"{Environment.NewLine}Replay: {replayCommand}")}", cause) => Seed = seed;

    /// <summary>The seed that repeats the failure.</summary>
    public int Seed { get; }
}
