namespace MemoryCluster.LoadTests.Walk;

/// <summary>Everything that was measured.</summary>
internal sealed record WalkReport
{
    public required string Machine { get; init; }

    public required LoadingFigures Loading { get; init; }

    public required RecallFigures Recall { get; init; }

    public required GrainCallFigures GrainCall { get; init; }

    public required WriteFigures Writes { get; init; }

    /// <summary>Memories in all teams at the end, and how many there should be.</summary>
    public required int MemoriesAtEnd { get; init; }

    public required int MemoriesExpected { get; init; }

    /// <summary>Of the host, where this program started it.</summary>
    public double? ServerMegabytes { get; init; }

    /// <summary>What was demanded and whether it was met.</summary>
    public required IReadOnlyList<Threshold> Thresholds { get; init; }
}
