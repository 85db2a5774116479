namespace MemoryCluster.Contract;

/// <summary>A decision with all that it rests on.</summary>
public sealed record DecisionBody
{
    public required string Id { get; init; }

    public required string RunId { get; init; }

    public required int Step { get; init; }

    public required MemoryKind Kind { get; init; }

    public required Decision Decision { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? MemoryId { get; init; }

    /// <summary>The gate's calibrated probability that another run will use it.</summary>
    public required double Probability { get; init; }

    /// <summary>With what probability the gate, exploration included, decided so.</summary>
    public required double Propensity { get; init; }

    /// <summary>Whether chance, and not the probability, decided.</summary>
    public required bool Explored { get; init; }

    /// <summary>The version of the gate's weights.</summary>
    public required long PolicyVersion { get; init; }

    /// <summary>What the gate saw, by name.</summary>
    public required IReadOnlyDictionary<string, double> Features { get; init; }

    /// <summary>The replays that it rests on.</summary>
    public required IReadOnlyList<ReplayBody> Evidence { get; init; }

    /// <summary>Replays that did not come about; absent where there are none.</summary>
    public IReadOnlyList<ReplayFailureBody>? Failures { get; init; }

    /// <summary>Who replays it.</summary>
    public string? Replayer { get; init; }

    /// <summary>What they show; absent where there are none.</summary>
    public EffectBody? Effect { get; init; }
}
