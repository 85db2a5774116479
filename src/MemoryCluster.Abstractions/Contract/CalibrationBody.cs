namespace MemoryCluster.Contract;

/// <summary>How often what the gate gave about one probability helped another run.</summary>
public sealed record CalibrationBody
{
    public required double From { get; init; }

    /// <summary>Exclusive but for 1.</summary>
    public required double To { get; init; }

    /// <summary>Decisions whose question another run put since.</summary>
    public required int Decisions { get; init; }

    /// <summary>Their mean probability.</summary>
    public required double Probability { get; init; }

    /// <summary>The share of them that helped.</summary>
    public required double Useful { get; init; }
}
