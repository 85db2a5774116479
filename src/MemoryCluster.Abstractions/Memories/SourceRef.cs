namespace MemoryCluster;

/// <summary>Where a memory's text stood before it was a memory.</summary>
[GenerateSerializer, Immutable, Alias("mc.SourceRef")]
public sealed record SourceRef
{
    /// <summary>The chat or log it comes from.</summary>
    [Id(0)]
    public string? Session { get; init; }

    /// <summary>The turn within the session, as JSON: a string or a whole number.</summary>
    [Id(1)]
    public string? Turn { get; init; }

    /// <summary>An address, kept as text and never fetched.</summary>
    [Id(2)]
    public string? Uri { get; init; }
}
