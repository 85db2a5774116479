namespace MemoryCluster.Contract;

/// <summary>Where a memory came from, and what came of it; of the others only those that the caller may see.</summary>
public sealed record LineageResponse
{
    public required string Id { get; init; }

    /// <summary>The run that taught it, or in which it was written.</summary>
    public string? Run { get; init; }

    /// <summary>The source that it was read in.</summary>
    public SourceBody? Source { get; init; }

    /// <summary>The writings that said it again, each with its run, oldest first, at most 32.</summary>
    public required IReadOnlyList<EvidenceBody> SaidAgain { get; init; }

    /// <summary>What it was made of, what was merged into it, what it supersedes; at most 100.</summary>
    public required IReadOnlyList<LineageBody> From { get; init; }

    /// <summary>What was made of it, what stands for it, its copies in other teams; at most 100.</summary>
    public required IReadOnlyList<LineageBody> Became { get; init; }

    /// <summary>Whether there are more than are told.</summary>
    public required bool HasMore { get; init; }
}
