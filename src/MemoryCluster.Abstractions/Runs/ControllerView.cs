namespace MemoryCluster;

/// <summary>How a team's controller stands.</summary>
[GenerateSerializer, Immutable, Alias("mc.ControllerView")]
public sealed record ControllerView
{
    [Id(0)]
    public required TeamPolicy Policy { get; init; }

    /// <summary>Decisions on what runs taught, as they stand now.</summary>
    [Id(1)]
    public required ImmutableDictionary<Decision, int> Decisions { get; init; }

    /// <summary>Runs that are kept.</summary>
    [Id(2)]
    public required int Runs { get; init; }

    /// <summary>Decisions that have not reached their shard yet.</summary>
    [Id(3)]
    public required int Pending { get; init; }

    /// <summary>The version of the gate's weights in force.</summary>
    [Id(4)]
    public required long GateVersion { get; init; }

    /// <summary>What the gate promised beside what came, by fifths of the probability; empty ones are left out.</summary>
    [Id(5)]
    public required ImmutableArray<CalibrationBin> Calibration { get; init; }

    /// <summary>Decisions that wait for a replay outside of the cluster; those whose replayer is gone, or may not be told, wait for ever.</summary>
    [Id(6)]
    public int ReplaysDue { get; init; }
}
