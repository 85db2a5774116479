namespace MemoryCluster;

/// <summary>One memory and one team that it was considered for: a line of the giving team's ledger.</summary>
[GenerateSerializer, Immutable, Alias("mc.DiffusionEntry")]
public sealed record DiffusionEntry
{
    [Id(0)]
    public required MemoryId Source { get; init; }

    [Id(1)]
    public required int SourceVersion { get; init; }

    /// <summary>The hash of the general form.</summary>
    [Id(2)]
    public required Guid General { get; init; }

    /// <summary>The team that it is offered to.</summary>
    [Id(3)]
    public required TeamId To { get; init; }

    /// <summary>The id of the copy there; null where nothing was sent.</summary>
    [Id(4)]
    public MemoryId? Copy { get; init; }

    [Id(5)]
    public required DiffusionStatus Status { get; init; }

    /// <summary>A stable word.</summary>
    [Id(6)]
    public required string Reason { get; init; }

    /// <summary>How near the other team's work is, with what was measured of earlier offers.</summary>
    [Id(7)]
    public double Nearness { get; init; }

    /// <summary>The weight that the copy began with.</summary>
    [Id(8)]
    public double Weight { get; init; }

    /// <summary>When it came to stand so.</summary>
    [Id(9)]
    public required DateTimeOffset At { get; init; }

    /// <summary>Uses of the copy there, when last seen.</summary>
    [Id(10)]
    public long Uses { get; init; }

    /// <summary>Those of them with a reward of at least 0.5.</summary>
    [Id(11)]
    public long Successes { get; init; }

    /// <summary>Whether a copy may be there.</summary>
    public bool IsLive() => Status is DiffusionStatus.Offering or DiffusionStatus.Offered or DiffusionStatus.Confirmed or DiffusionStatus.Refuted or DiffusionStatus.Withdrawing;
}
