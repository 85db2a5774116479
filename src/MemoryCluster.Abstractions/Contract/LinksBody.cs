namespace MemoryCluster.Contract;

/// <summary>What a memory hangs together with.</summary>
public sealed record LinksBody
{
    /// <summary>The memories it was made of.</summary>
    public required IReadOnlyList<string> DerivedFrom { get; init; }

    /// <summary>The writings that were merged into it, oldest first, at most 32.</summary>
    public required IReadOnlyList<EvidenceBody> Evidence { get; init; }

    /// <summary>The memories that it stands for since they were merged into it.</summary>
    public IReadOnlyList<string>? Merged { get; init; }

    /// <summary>The facts that it supersedes.</summary>
    public IReadOnlyList<string>? Superseded { get; init; }
}
