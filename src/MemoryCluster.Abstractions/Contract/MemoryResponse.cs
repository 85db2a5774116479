namespace MemoryCluster.Contract;

/// <summary>A memory.</summary>
public sealed record MemoryResponse
{
    public required string Id { get; init; }

    public required string Team { get; init; }

    /// <summary>The agent that wrote it.</summary>
    public required string Agent { get; init; }

    /// <summary>The user it was written for.</summary>
    public string? User { get; init; }

    public required string Text { get; init; }

    public required MemoryKind Kind { get; init; }

    public required Visibility Visibility { get; init; }

    public required MemoryState State { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>As it was given.</summary>
    public RawJson? Metadata { get; init; }

    public required ProvenanceBody Provenance { get; init; }

    /// <summary>What use has shown of it: 1 for what is untried.</summary>
    public required double Weight { get; init; }

    /// <summary>Outcomes that named it as used.</summary>
    public required long Uses { get; init; }

    /// <summary>What the weight follows from; absent for what is untried.</summary>
    public UtilityBody? Utility { get; init; }

    /// <summary>Pieces of evidence beside its own: writings and memories that were merged into it, each source once.</summary>
    public required long Confirmations { get; init; }

    /// <summary>0 to 1: how far its origin is trusted.</summary>
    public required double Trust { get; init; }

    /// <summary>How far it has faded; told where one memory is asked for.</summary>
    public FadingBody? Fading { get; init; }

    /// <summary>Of what another team learned it is the general form; absent where it was learned here.</summary>
    public DiffusedBody? Diffused { get; init; }

    /// <summary>Why it was archived; absent while it is not.</summary>
    public ArchivedBody? Archived { get; init; }

    public required ValidityBody Validity { get; init; }

    /// <summary>Counts changes, from 1; the ETag is this number in quotes.</summary>
    public required int Version { get; init; }

    /// <summary>The team's sequence number of the write that made this version.</summary>
    public required long Seq { get; init; }

    public DateTimeOffset? OccurredAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required LinksBody Links { get; init; }

    /// <summary>Why it was kept, as a stable word.</summary>
    public required string Reason { get; init; }

    /// <summary>The memory that stands for it, where it was merged.</summary>
    public string? MergedInto { get; init; }

    /// <summary>The later fact that contradicts it, where there is one.</summary>
    public string? SupersededBy { get; init; }

    /// <summary>How consolidation has moved it, where it has.</summary>
    public ConsolidationMarkBody? Consolidation { get; init; }

    /// <summary>Of an insight that consolidation made: whether its sentences are those of its sources or a model's.</summary>
    public SummaryOriginBody? Summary { get; init; }
}
