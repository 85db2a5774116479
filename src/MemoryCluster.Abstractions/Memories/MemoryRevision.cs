namespace MemoryCluster;

/// <summary>An earlier version of a memory: what a change replaced.</summary>
[GenerateSerializer, Immutable, Alias("mc.MemoryRevision")]
public sealed record MemoryRevision
{
    [Id(0)]
    public required int Version { get; init; }

    [Id(1)]
    public required long Seq { get; init; }

    /// <summary>When this version came to be.</summary>
    [Id(2)]
    public required DateTimeOffset At { get; init; }

    /// <summary>The key that wrote this version.</summary>
    [Id(3)]
    public required KeyId By { get; init; }

    [Id(4)]
    public required string Text { get; init; }

    [Id(5)]
    public ImmutableArray<string> Tags { get; init; } = [];

    [Id(6)]
    public string? Metadata { get; init; }

    [Id(7)]
    public required Visibility Visibility { get; init; }

    [Id(8)]
    public DateTimeOffset? ValidTo { get; init; }
}
