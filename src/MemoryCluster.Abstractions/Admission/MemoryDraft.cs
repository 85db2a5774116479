namespace MemoryCluster;

/// <summary>A memory that somebody wants kept: what the caller gave, nothing decided yet.</summary>
[GenerateSerializer, Immutable, Alias("mc.MemoryDraft")]
public sealed record MemoryDraft
{
    [Id(0)]
    public required string Text { get; init; }

    [Id(1)]
    public required MemoryKind Kind { get; init; }

    [Id(2)]
    public required Visibility Visibility { get; init; }

    [Id(3)]
    public UserId? User { get; init; }

    [Id(4)]
    public RunId? Run { get; init; }

    [Id(5)]
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>A JSON object as text.</summary>
    [Id(6)]
    public string? Metadata { get; init; }

    [Id(7)]
    public ImmutableArray<ResourceId> Resources { get; init; } = [];

    [Id(8)]
    public SourceRef? Source { get; init; }

    [Id(9)]
    public DateTimeOffset? OccurredAt { get; init; }

    [Id(10)]
    public DateTimeOffset? ValidFrom { get; init; }

    [Id(11)]
    public DateTimeOffset? ValidTo { get; init; }

    [Id(12)]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The caller's own vector, if the key may bring one; else the agent grain embeds the text.</summary>
    [Id(13)]
    public Embedding? Embedding { get; init; }

    /// <summary>The key that writes.</summary>
    [Id(14)]
    public required KeyId WrittenBy { get; init; }

    /// <summary>What the team's controller decided of it; null where the shard alone decides.</summary>
    [Id(15)]
    public AdmissionGrant? Grant { get; init; }

    /// <summary>Agents that it passed through beside the one that writes: who may not call all of them does not see it.</summary>
    [Id(16)]
    public ImmutableArray<AgentId> Through { get; init; } = [];
}
