namespace MemoryCluster.Evaluation.Teams;

/// <summary>What a team was shown.</summary>
internal sealed record TeamsAnswer(RecallId Id, IReadOnlyList<TeamsHit> Hits);

/// <summary>A hit, and the passage that it is or is a copy of.</summary>
internal sealed record TeamsHit(MemoryRecord Memory, DealtPassage Passage);
