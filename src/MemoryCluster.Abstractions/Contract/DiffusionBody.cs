namespace MemoryCluster.Contract;

/// <summary>An offer of one team to another.</summary>
public sealed record DiffusionBody
{
    /// <summary>The memory that is offered.</summary>
    public required string Source { get; init; }

    public required int SourceVersion { get; init; }

    /// <summary>The team that learned it.</summary>
    public required string From { get; init; }

    public required string To { get; init; }

    /// <summary>The copy there; absent where nothing was sent.</summary>
    public string? Copy { get; init; }

    /// <summary>What is offered: the source with its names, terms, days, numbers and identifiers as placeholders. Absent where the caller may not see it.</summary>
    public string? GeneralForm { get; init; }

    public required DiffusionStatus Status { get; init; }

    /// <summary>Why it stands so, as a stable word.</summary>
    public required string Reason { get; init; }

    /// <summary>How near the other team's work is, 0 to 1, with what was measured of earlier offers to it.</summary>
    public double Nearness { get; init; }

    /// <summary>The weight that the copy began with.</summary>
    public double Weight { get; init; }

    /// <summary>Uses of the copy there, when last seen.</summary>
    public long Uses { get; init; }

    /// <summary>Those of them with a reward of at least 0.5.</summary>
    public long Successes { get; init; }

    /// <summary>Since when it stands so.</summary>
    public required DateTimeOffset At { get; init; }
}
