namespace MemoryCluster;

/// <summary>A memory in its general form, on its way to another team.</summary>
[GenerateSerializer, Immutable, Alias("mc.DiffusionOffer")]
public sealed record DiffusionOffer
{
    /// <summary>The id that the copy has there; one for each source, version and team.</summary>
    [Id(0)]
    public required MemoryId Copy { get; init; }

    [Id(1)]
    public required DiffusionOrigin Origin { get; init; }

    [Id(2)]
    public required MemoryKind Kind { get; init; }

    [Id(3)]
    public required string Text { get; init; }

    [Id(4)]
    public required Embedding Embedding { get; init; }

    /// <summary>Who the source comes from: who may not see it may not see the copy.</summary>
    [Id(5)]
    public required Provenance Provenance { get; init; }

    /// <summary>Validity and expiry of the source.</summary>
    [Id(6)]
    public required MemoryTimes Times { get; init; }

    [Id(7)]
    public required double Weight { get; init; }

    [Id(8)]
    public required double Trust { get; init; }
}
