namespace MemoryCluster;

/// <summary>A writing that was merged into a memory: the same thing, said again.</summary>
[GenerateSerializer, Immutable, Alias("mc.MemoryEvidence")]
public sealed record MemoryEvidence
{
    [Id(0)]
    public required AgentId Agent { get; init; }

    [Id(1)]
    public RunId? Run { get; init; }

    [Id(2)]
    public SourceRef? Source { get; init; }

    [Id(3)]
    public required DateTimeOffset At { get; init; }

    /// <summary>Cosine to the memory it was merged into; 1 for the same text.</summary>
    [Id(4)]
    public double Similarity { get; init; }
}
