namespace MemoryCluster.Contract;

/// <summary>How often a step that the gate gave about one probability was taken again by a later run of the task, and right.</summary>
public sealed record CalibrationBody
{
    public required double From { get; init; }

    /// <summary>Exclusive but for 1.</summary>
    public required double To { get; init; }

    /// <summary>Decisions on steps of tasks that came back.</summary>
    public required int Decisions { get; init; }

    /// <summary>Their mean probability.</summary>
    public required double Probability { get; init; }

    /// <summary>The share of them that was taken again with the same result and never with another.</summary>
    public required double Useful { get; init; }
}
