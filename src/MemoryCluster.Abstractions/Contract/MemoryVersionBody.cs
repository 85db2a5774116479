namespace MemoryCluster.Contract;

/// <summary>One version of a memory.</summary>
public sealed record MemoryVersionBody
{
    public required int Version { get; init; }

    public required long Seq { get; init; }

    /// <summary>When this version came to be.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Id of the key that wrote it.</summary>
    public required string By { get; init; }

    public required string Text { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public RawJson? Metadata { get; init; }

    public required Visibility Visibility { get; init; }

    public DateTimeOffset? ValidTo { get; init; }
}
