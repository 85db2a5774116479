namespace MemoryCluster;

/// <summary>Which part of a timeline is wanted. Exactly one of <see cref="Entity"/> and <see cref="Session"/> is given.</summary>
[GenerateSerializer, Immutable, Alias("mc.TimelineQuery")]
public sealed record TimelineQuery
{
    /// <summary>A named thing, as a memory would name it.</summary>
    [Id(0)]
    public string? Entity { get; init; }

    /// <summary>A source session.</summary>
    [Id(1)]
    public string? Session { get; init; }

    /// <summary>Only nodes that reach it or later; null for all.</summary>
    [Id(2)]
    public DateTimeOffset? From { get; init; }

    /// <summary>Only nodes that begin before it; null for all.</summary>
    [Id(3)]
    public DateTimeOffset? To { get; init; }

    /// <summary>How far above the memories, which are level 0; null for the highest there is.</summary>
    [Id(4)]
    public int? Level { get; init; }

    /// <summary>The node whose children are wanted, instead of a level; null for none.</summary>
    [Id(5)]
    public Guid? Node { get; init; }

    /// <summary>Nodes at most, 1 to 200.</summary>
    [Id(6)]
    public required int Limit { get; init; }
}
