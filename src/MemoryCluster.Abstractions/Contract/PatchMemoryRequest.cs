namespace MemoryCluster.Contract;

/// <summary>Body of <c>PATCH /api/v1/memories/{id}</c>: what is left out stays; at least one member is given.</summary>
public sealed record PatchMemoryRequest
{
    /// <summary>1 to 32,768 bytes of UTF-8.</summary>
    public string? Text { get; init; }

    /// <summary>Replaces all tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Replaces all metadata.</summary>
    public RawJson? Metadata { get; init; }

    /// <summary>Until when it is true, exclusive.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    public Visibility? Visibility { get; init; }
}
