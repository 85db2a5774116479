namespace MemoryCluster.Contract;

/// <summary>A writing that was merged into a memory.</summary>
public sealed record EvidenceBody
{
    public required string Agent { get; init; }

    public string? Run { get; init; }

    public SourceBody? Source { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Cosine to the memory; 1 for the same text.</summary>
    public required double Similarity { get; init; }
}
