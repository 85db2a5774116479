namespace MemoryCluster.Contract;

/// <summary>Body of <c>POST /api/v1/memories</c>: a memory that somebody wants kept.</summary>
public sealed record RememberRequest
{
    /// <summary>The team; may be left out with a key that is bound to one.</summary>
    public string? Team { get; init; }

    /// <summary>The agent that writes; may be left out with a key that is bound to one.</summary>
    public string? Agent { get; init; }

    /// <summary>1 to 32,768 bytes of UTF-8.</summary>
    public required string Text { get; init; }

    /// <summary>The user on whose behalf the agent writes.</summary>
    public string? User { get; init; }

    /// <summary>The run it was learnt in.</summary>
    public string? Run { get; init; }

    /// <summary>Default <see cref="MemoryKind.Fact"/>.</summary>
    public MemoryKind? Kind { get; init; }

    /// <summary>Default <see cref="MemoryCluster.Visibility.Team"/>; <see cref="MemoryCluster.Visibility.Private"/> needs a user.</summary>
    public Visibility? Visibility { get; init; }

    /// <summary>At most 32 of at most 64 characters.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>A JSON object of at most 64 members and 8 KB; comes back as it was given.</summary>
    public RawJson? Metadata { get; init; }

    /// <summary>The resources it draws on, at most 32: only agents that may use all of them see it.</summary>
    public IReadOnlyList<string>? Resources { get; init; }

    /// <summary>When what it tells happened; at most a minute ahead.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>From when on it is true, inclusive.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Until when it is true, exclusive.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>When it stops being found; at most 10 years ahead.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Where the text stood before.</summary>
    public SourceBody? Source { get; init; }

    /// <summary>A vector of the cluster's own model, of a norm from 0.5 to 2; needs the admin scope.</summary>
    public IReadOnlyList<float>? Embedding { get; init; }
}
