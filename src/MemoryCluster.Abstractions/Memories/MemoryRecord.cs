namespace MemoryCluster;

/// <summary>A memory as its shard keeps it. The vector lives beside it, in the index and in the stored payload.</summary>
[GenerateSerializer, Immutable, Alias("mc.MemoryRecord")]
public sealed record MemoryRecord
{
    /// <summary>Earlier versions that are kept: 32. Older ones are dropped, oldest first, so that a record stays small.</summary>
    public const int RevisionsMax = 32;

    /// <summary>Merged writings that are listed: 32. Later ones are only counted.</summary>
    public const int EvidenceMax = 32;

    [Id(0)]
    public required MemoryId Id { get; init; }

    /// <summary>Counts changes of content, from 1; it is the ETag.</summary>
    [Id(1)]
    public required int Version { get; init; }

    /// <summary>The team's sequence number of the write that made this version.</summary>
    [Id(2)]
    public required long Seq { get; init; }

    [Id(3)]
    public required TeamId Team { get; init; }

    [Id(4)]
    public required MemoryKind Kind { get; init; }

    [Id(5)]
    public required Visibility Visibility { get; init; }

    [Id(6)]
    public required MemoryState State { get; init; }

    [Id(7)]
    public required string Text { get; init; }

    [Id(8)]
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>The caller's own JSON object, kept as text.</summary>
    [Id(9)]
    public string? Metadata { get; init; }

    [Id(10)]
    public required Provenance Provenance { get; init; }

    [Id(11)]
    public required MemoryTimes Times { get; init; }

    [Id(12)]
    public MemoryUtility Utility { get; init; } = new();

    /// <summary>0 to 1: how far its origin is trusted. 0.5 where nothing is known yet.</summary>
    [Id(13)]
    public double Trust { get; init; } = 0.5;

    /// <summary>Writings merged into it, oldest first, at most <see cref="EvidenceMax"/>.</summary>
    [Id(14)]
    public ImmutableArray<MemoryEvidence> Evidence { get; init; } = [];

    /// <summary>Earlier versions, oldest first, at most <see cref="RevisionsMax"/>.</summary>
    [Id(15)]
    public ImmutableArray<MemoryRevision> Revisions { get; init; } = [];

    /// <summary>Why it was kept: a stable word.</summary>
    [Id(16)]
    public string Reason { get; init; } = "";

    /// <summary>The version of the team's policy that decided.</summary>
    [Id(17)]
    public long PolicyVersion { get; init; }

    /// <summary>The key that wrote the current version.</summary>
    [Id(18)]
    public KeyId UpdatedBy { get; init; }

    /// <summary>How consolidation has moved it; null where it has not.</summary>
    [Id(21)]
    public ConsolidationMark? Consolidation { get; init; }

    /// <summary>What it stands for; null for nothing but itself.</summary>
    [Id(22)]
    public MemoryStanding? Standing { get; init; }

    /// <summary>What the next consolidation does with it, where that does not follow from its changes.</summary>
    [Id(23)]
    public ConsolidationCourse? Course { get; init; }

    /// <summary>The memory that stands for it; null where it stands for itself.</summary>
    public MemoryId? MergedInto() => State == MemoryState.Merged ? Consolidation?.By : null;

    /// <summary>Whether it is an insight that consolidation made, and not somebody's own words.</summary>
    public bool IsAbstracted() => Kind == MemoryKind.Insight && Standing is { } standing && Provenance.DerivedFrom.Any(standing.Merged.Contains);

    /// <summary>The memory that supersedes it; null where none does.</summary>
    public MemoryId? SupersededBy() => Consolidation is { Reason: ConsolidationReason.Superseded } mark ? mark.By : null;

    /// <summary>Of what another team learned it is the general form; null where it was learned here.</summary>
    [Id(19)]
    public DiffusionOrigin? Diffusion { get; init; }

    /// <summary>Why and when it was archived; null while it is not.</summary>
    [Id(26)]
    public ArchiveMark? Archive { get; init; }

    /// <summary>How far it has faded; told when one memory is read, and never stored.</summary>
    [Id(27)]
    public MemoryFading? Fading { get; init; }

    /// <summary>Of an insight: which model worded it; null where its sentences are those of its sources.</summary>
    [Id(28)]
    public WrittenMark? Written { get; init; }
}
