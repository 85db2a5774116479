namespace MemoryCluster.Contract;

/// <summary>Why a memory was archived.</summary>
public sealed record ArchivedBody
{
    /// <summary>A stable word: <c>faded</c>, <c>over_budget</c> or <c>pruned_by_use</c>.</summary>
    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }
}
