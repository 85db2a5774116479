namespace MemoryCluster.Contract;

/// <summary>Body of <c>POST /api/v1/recall</c>: a question to the memory.</summary>
public sealed record RecallRequest
{
    /// <summary>The team; may be left out with a key that is bound to one.</summary>
    public string? Team { get; init; }

    /// <summary>The agent that asks; may be left out with a key that is bound to one.</summary>
    public string? Agent { get; init; }

    /// <summary>1 to 8,192 bytes of UTF-8.</summary>
    public required string Query { get; init; }

    /// <summary>The user on whose behalf the agent asks.</summary>
    public string? User { get; init; }

    /// <summary>Hits wanted, 1 to 200; default 10.</summary>
    public int? K { get; init; }

    /// <summary>Tiers to look in; default all three.</summary>
    public IReadOnlyList<Visibility>? Scope { get; init; }

    /// <summary>Default every kind.</summary>
    public IReadOnlyList<MemoryKind>? Kinds { get; init; }

    /// <summary>A hit carries all of them.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The moment whose truth is asked for; default now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Earliest time of what happened, inclusive.</summary>
    public DateTimeOffset? OccurredFrom { get; init; }

    /// <summary>Latest time of what happened, exclusive.</summary>
    public DateTimeOffset? OccurredTo { get; init; }

    /// <summary>The write that the answer must already know.</summary>
    public long? MinSeq { get; init; }

    /// <summary>Tokens that the hits' texts may take together, from 1.</summary>
    public int? TokenBudget { get; init; }

    /// <summary>Whether each hit tells its scores by channel.</summary>
    public bool? Explain { get; init; }

    /// <summary>The stage of its work at which the agent asks, at most 64 characters: what has been worth more there comes first.</summary>
    public string? Stage { get; init; }

    /// <summary>Whether archived memories are searched too; default false.</summary>
    public bool? IncludeArchived { get; init; }

    /// <summary>Channels to search, for evaluations of one alone; default all.</summary>
    public IReadOnlyList<RecallChannels>? Channels { get; init; }
}
