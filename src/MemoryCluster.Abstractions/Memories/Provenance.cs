namespace MemoryCluster;

/// <summary>Who a memory comes from. Immutable: access is decided on it at every read (Collaborative Memory, arXiv 2505.18279, §3).</summary>
[GenerateSerializer, Immutable, Alias("mc.Provenance")]
public sealed record Provenance
{
    /// <summary>U(m): the user on whose behalf it was written, if any.</summary>
    [Id(0)]
    public UserId? User { get; init; }

    /// <summary>A(m): the agents it passed through; the first is the writer.</summary>
    [Id(1)]
    public ImmutableArray<AgentId> Agents { get; init; } = [];

    /// <summary>R(m): the resources it draws on.</summary>
    [Id(2)]
    public ImmutableArray<ResourceId> Resources { get; init; } = [];

    /// <summary>The run it was written in.</summary>
    [Id(3)]
    public RunId? Run { get; init; }

    /// <summary>The turn or document it was read from.</summary>
    [Id(4)]
    public SourceRef? Source { get; init; }

    /// <summary>The memories it was made of.</summary>
    [Id(5)]
    public ImmutableArray<MemoryId> DerivedFrom { get; init; } = [];

    /// <summary>The API key that wrote it.</summary>
    [Id(6)]
    public KeyId WrittenBy { get; init; }
}
