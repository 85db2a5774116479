namespace MemoryCluster;

/// <summary>A page of a team's memories, newest first.</summary>
[GenerateSerializer, Immutable, Alias("mc.MemoryListQuery")]
public sealed record MemoryListQuery
{
    [Id(0)]
    public AgentId? Agent { get; init; }

    [Id(1)]
    public UserId? User { get; init; }

    [Id(2)]
    public MemoryKind? Kind { get; init; }

    [Id(3)]
    public string? Tag { get; init; }

    /// <summary>1 to 200.</summary>
    [Id(4)]
    public required int Limit { get; init; }

    /// <summary>The last id of the page before; only older ones follow.</summary>
    [Id(5)]
    public MemoryId? Before { get; init; }

    /// <summary>Only those in this state; null for all but those that another memory on the list stands for.</summary>
    [Id(6)]
    public MemoryState? State { get; init; }

    /// <summary>Whether archived memories are listed too.</summary>
    [Id(7)]
    public bool IncludeArchived { get; init; }
}
