namespace MemoryCluster.Contract;

/// <summary>What a memory hangs together with.</summary>
public sealed record LinksBody
{
    /// <summary>The memories it was made of.</summary>
    public required IReadOnlyList<string> DerivedFrom { get; init; }

    /// <summary>The writings that were merged into it, oldest first, at most 32.</summary>
    public required IReadOnlyList<EvidenceBody> Evidence { get; init; }
}
