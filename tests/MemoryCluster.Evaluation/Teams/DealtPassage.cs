using MemoryCluster.Evaluation.Lift;

namespace MemoryCluster.Evaluation.Teams;

/// <summary>A passage and the team that it was dealt to.</summary>
/// <param name="Passage">The passage.</param>
/// <param name="Team">Who holds it, from 0.</param>
/// <param name="IsRestricted">Whether it came from a resource that only some teams' agents may use.</param>
internal sealed record DealtPassage(HeldPassage Passage, int Team, bool IsRestricted);
