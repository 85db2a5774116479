namespace MemoryCluster;

/// <summary>A question to the memory.</summary>
[GenerateSerializer, Immutable, Alias("mc.RecallQuery")]
public sealed record RecallQuery
{
    /// <summary>The caller's team; its shards are asked first.</summary>
    [Id(0)]
    public required TeamId Team { get; init; }

    [Id(1)]
    public required Caller Caller { get; init; }

    [Id(2)]
    public required string Text { get; init; }

    /// <summary>Hits wanted, 1 to 200.</summary>
    [Id(3)]
    public required int K { get; init; }

    [Id(4)]
    public RecallScopes Scopes { get; init; } = RecallScopes.All;

    /// <summary>Empty: every kind.</summary>
    [Id(5)]
    public ImmutableArray<MemoryKind> Kinds { get; init; } = [];

    /// <summary>A hit carries all of them.</summary>
    [Id(6)]
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>The moment whose truth is asked for; default now.</summary>
    [Id(7)]
    public DateTimeOffset? AsOf { get; init; }

    [Id(8)]
    public DateTimeOffset? OccurredFrom { get; init; }

    [Id(9)]
    public DateTimeOffset? OccurredTo { get; init; }

    /// <summary>The write that the answer must already know.</summary>
    [Id(10)]
    public long? MinSeq { get; init; }

    /// <summary>Tokens that the hits' texts may take together; hits past it are left out.</summary>
    [Id(11)]
    public int? TokenBudget { get; init; }

    [Id(12)]
    public bool Explain { get; init; }

    /// <summary>Channels searched; all by default. Evaluations search with one alone.</summary>
    [Id(13)]
    public RecallChannels Channels { get; init; } = RecallChannels.All;

    /// <summary>The stage of its work at which the agent asks: what has been worth more there comes first.</summary>
    [Id(14)]
    public string? Stage { get; init; }

    /// <summary>Whether archived memories are searched too.</summary>
    [Id(15)]
    public bool IncludeArchived { get; init; }
}
