namespace MemoryCluster.Evaluation.Sharing;

/// <summary>What sharing did on one task: steps taken, steps saved and harmed, memories in the bank at the end, and the decisions on the way.</summary>
internal sealed record SharingOutcome(int Steps, int Saved, int Harmed, int Bank, IReadOnlyList<SharingDecision> Decisions);
