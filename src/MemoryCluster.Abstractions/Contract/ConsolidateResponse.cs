namespace MemoryCluster.Contract;

/// <summary>What a pass of consolidation did.</summary>
public sealed record ConsolidateResponse
{
    public required string Team { get; init; }

    /// <summary>Memories that were looked at, because they had changed since the last pass.</summary>
    public required int Examined { get; init; }

    /// <summary>Changed memories that the next pass will look at.</summary>
    public required int Remaining { get; init; }

    /// <summary>Memories that another stands for now.</summary>
    public required IReadOnlyList<ConsolidationStepBody> Merged { get; init; }

    /// <summary>Memories that an insight made of them stands for now.</summary>
    public required IReadOnlyList<ConsolidationStepBody> Abstracted { get; init; }

    /// <summary>Facts that a later one contradicts: they were true until then.</summary>
    public required IReadOnlyList<ConsolidationStepBody> Superseded { get; init; }
}
