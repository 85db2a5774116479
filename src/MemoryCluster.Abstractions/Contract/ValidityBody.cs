namespace MemoryCluster.Contract;

/// <summary>When a memory is true, and when it ends.</summary>
public sealed record ValidityBody
{
    /// <summary>From when on it is true, inclusive.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Until when it is true, exclusive.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>When it stops being found, exclusive.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
