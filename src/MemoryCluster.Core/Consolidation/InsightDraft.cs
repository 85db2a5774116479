namespace MemoryCluster.Consolidation;

/// <summary>An insight to be made: what it would say, and of which memories as they stood when it was worded.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Members">The memories that it sums up, in the order in which they were written.</param>
/// <param name="Replaces">Insights over parts of the family, which it takes the place of.</param>
/// <param name="Similarity">The lowest cosine between the memory that the family was found by and another.</param>
internal sealed record InsightDraft(string Text, ImmutableArray<MemoryRecord> Members, ImmutableArray<MemoryId> Replaces, double Similarity);
