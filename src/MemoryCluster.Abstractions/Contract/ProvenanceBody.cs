namespace MemoryCluster.Contract;

/// <summary>Who a memory comes from; it never changes.</summary>
public sealed record ProvenanceBody
{
    public string? User { get; init; }

    /// <summary>The agents it passed through; the first is the writer.</summary>
    public required IReadOnlyList<string> Agents { get; init; }

    /// <summary>The resources it draws on.</summary>
    public required IReadOnlyList<string> Resources { get; init; }

    public string? Run { get; init; }

    public SourceBody? Source { get; init; }

    /// <summary>Id of the key that wrote it.</summary>
    public required string WrittenBy { get; init; }
}
