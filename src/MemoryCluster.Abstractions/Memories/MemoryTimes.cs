namespace MemoryCluster;

/// <summary>The times of a memory: of the store (created, updated), of the world (occurred, valid), of its life (expires).</summary>
[GenerateSerializer, Immutable, Alias("mc.MemoryTimes")]
public sealed record MemoryTimes
{
    [Id(0)]
    public required DateTimeOffset CreatedAt { get; init; }

    [Id(1)]
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When what it tells happened.</summary>
    [Id(2)]
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>From when on it is true, inclusive.</summary>
    [Id(3)]
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Until when it is true, exclusive.</summary>
    [Id(4)]
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>When it stops being found, exclusive.</summary>
    [Id(5)]
    public DateTimeOffset? ExpiresAt { get; init; }
}
