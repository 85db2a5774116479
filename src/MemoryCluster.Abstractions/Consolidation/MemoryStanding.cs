namespace MemoryCluster;

/// <summary>What a memory stands for. All of it follows from the memories named, so undoing one of them leaves no trace.</summary>
[GenerateSerializer, Immutable, Alias("mc.MemoryStanding")]
public sealed record MemoryStanding
{
    /// <summary>Memories that one may stand for: 64. Further ones stay as they are.</summary>
    public const int MergedMax = 64;

    /// <summary>The memories merged into it, by id.</summary>
    [Id(0)]
    public ImmutableArray<MemoryId> Merged { get; init; } = [];

    /// <summary>The memories that it supersedes, by id.</summary>
    [Id(1)]
    public ImmutableArray<MemoryId> Superseded { get; init; } = [];

    /// <summary>Pieces of evidence that the merged ones add to its own: each source turn, else each run, else each agent counts once.</summary>
    [Id(2)]
    public long Confirmations { get; init; }
}
