namespace MemoryCluster.Contract;

/// <summary>What was decided of something that a run may have taught.</summary>
public sealed record RunDecisionBody
{
    /// <summary>The step it comes from, from 0.</summary>
    public required int Step { get; init; }

    public required MemoryKind Kind { get; init; }

    public required Decision Decision { get; init; }

    /// <summary>The gate's calibrated probability that another run will use it.</summary>
    public required double Probability { get; init; }

    /// <summary>The memory; absent where none was made, or none has been made yet.</summary>
    public string? MemoryId { get; init; }

    /// <summary>Why, as a stable word.</summary>
    public required string Reason { get; init; }

    /// <summary>What replays have shown; absent where none was made.</summary>
    public EffectBody? Effect { get; init; }
}
