namespace MemoryCluster.Contract;

/// <summary>Where a text stood before it was a memory.</summary>
public sealed record SourceBody
{
    /// <summary>The chat or log; at most 128 characters.</summary>
    public string? Session { get; init; }

    /// <summary>The turn within it: a JSON string of at most 128 characters or a whole number; comes back as it was given.</summary>
    public RawJson? Turn { get; init; }

    /// <summary>An address of at most 2,048 characters, kept as text and never fetched.</summary>
    public string? Uri { get; init; }
}
