namespace MemoryCluster;

/// <summary>Where a memory came from, and what came of it: as far as the asker may see the others, each step but one away.</summary>
[GenerateSerializer, Immutable, Alias("mc.MemoryLineage")]
public sealed record MemoryLineage
{
    /// <summary>The memory.</summary>
    [Id(0)]
    public required MemoryRecord Memory { get; init; }

    /// <summary>What it was made of, what was merged into it, and what it supersedes.</summary>
    [Id(1)]
    public ImmutableArray<LineageLink> From { get; init; } = [];

    /// <summary>What was made of it, what stands for it, and its copies.</summary>
    [Id(2)]
    public ImmutableArray<LineageLink> Became { get; init; } = [];

    /// <summary>Whether there are more than are told.</summary>
    [Id(3)]
    public bool HasMore { get; init; }
}
