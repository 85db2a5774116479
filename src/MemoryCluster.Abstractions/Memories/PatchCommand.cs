namespace MemoryCluster;

/// <summary>A change to one memory. A null member stays as it is.</summary>
[GenerateSerializer, Immutable, Alias("mc.PatchCommand")]
public sealed record PatchCommand
{
    [Id(0)]
    public required MemoryId Id { get; init; }

    /// <summary>The version the caller saw; a newer one refuses the change.</summary>
    [Id(1)]
    public required int IfVersion { get; init; }

    [Id(2)]
    public string? Text { get; init; }

    [Id(3)]
    public ImmutableArray<string>? Tags { get; init; }

    [Id(4)]
    public string? Metadata { get; init; }

    [Id(5)]
    public DateTimeOffset? ValidTo { get; init; }

    [Id(6)]
    public Visibility? Visibility { get; init; }

    /// <summary>The vector of <see cref="Text"/>, filled in on the way where the text changes.</summary>
    [Id(7)]
    public Embedding? Embedding { get; init; }

    [Id(8)]
    public OperationId? Operation { get; init; }
}
