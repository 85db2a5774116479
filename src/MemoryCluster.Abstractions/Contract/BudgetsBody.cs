namespace MemoryCluster.Contract;

/// <summary>The budgets of a team's policy.</summary>
public sealed record BudgetsBody
{
    /// <summary>Memories that the team may hold.</summary>
    public required int MemoriesMax { get; init; }

    /// <summary>Replays that the team may make in a day.</summary>
    public required int ReplaysPerDay { get; init; }

    /// <summary>Runs that its controller keeps.</summary>
    public required int RunsMax { get; init; }
}
