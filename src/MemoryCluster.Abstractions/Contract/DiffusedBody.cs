namespace MemoryCluster.Contract;

/// <summary>Of what a memory is the general form.</summary>
public sealed record DiffusedBody
{
    public required string Source { get; init; }

    public required int SourceVersion { get; init; }

    /// <summary>The team that learned it.</summary>
    public required string Team { get; init; }
}
