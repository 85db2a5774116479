namespace MemoryCluster.Contract;

/// <summary>A memory that answers a recall.</summary>
public sealed record RecallHitBody
{
    public required string Id { get; init; }

    public required string Text { get; init; }

    public required MemoryKind Kind { get; init; }

    public required string Team { get; init; }

    public required string Agent { get; init; }

    public string? User { get; init; }

    public DateTimeOffset? OccurredAt { get; init; }

    public SourceBody? Source { get; init; }

    /// <summary>As it was given.</summary>
    public RawJson? Metadata { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Larger is better; comparable within one answer only.</summary>
    public required double Score { get; init; }

    /// <summary>What use has shown of it: 1 for what is untried.</summary>
    public required double Weight { get; init; }

    /// <summary>0 to 1: how far its origin is trusted.</summary>
    public required double Trust { get; init; }

    public required int Version { get; init; }

    /// <summary>Each channel's share; only where the request says <c>explain</c>.</summary>
    public ScoresBody? Scores { get; init; }
}
