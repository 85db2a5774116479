namespace MemoryCluster.Contract;

/// <summary>The budgets of a team's policy.</summary>
public sealed record BudgetsBody
{
    /// <summary>Memories that the team may hold.</summary>
    public required int MemoriesMax { get; init; }
}
