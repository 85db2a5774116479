namespace MemoryCluster;

/// <summary>Why a memory was archived, and what it was before.</summary>
/// <param name="Reason">A stable word: <c>faded</c>, <c>over_budget</c> or <c>pruned_by_use</c>.</param>
/// <param name="At">When.</param>
/// <param name="From">The state that it goes back to when it is wanted again.</param>
[GenerateSerializer, Immutable, Alias("mc.ArchiveMark")]
public sealed record ArchiveMark([property: Id(0)] string Reason, [property: Id(1)] DateTimeOffset At, [property: Id(2)] MemoryState From);
