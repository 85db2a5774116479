namespace MemoryCluster.Admission.Runs;

/// <summary>Something that a run may have taught, before anything is decided of it.</summary>
internal sealed record Candidate
{
    /// <summary>The step it comes from, from 0.</summary>
    public required int Step { get; init; }

    public required MemoryKind Kind { get; init; }

    /// <summary>Every agent it passed through, the one whose step it is first.</summary>
    public required ImmutableArray<AgentId> Agents { get; init; }

    /// <summary>The question that it answers: the key by which it is looked for.</summary>
    public required string Question { get; init; }

    /// <summary><see cref="RunSigns.SignatureOf"/> of the step; null where it answers the task and not one step's question.</summary>
    public Guid? Signature { get; init; }

    public string? Tool { get; init; }

    /// <summary>What is remembered.</summary>
    public required string Text { get; init; }

    /// <summary>Of that, what was found out, without the question; null where all of it was.</summary>
    public string? Answer { get; init; }
}
