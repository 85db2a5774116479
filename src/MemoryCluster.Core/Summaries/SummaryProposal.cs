namespace MemoryCluster.Summaries;

/// <summary>A summary that a model may word, and of what.</summary>
/// <param name="What">The insight or the node of a timeline.</param>
/// <param name="IsInsight">Which of the two it is.</param>
/// <param name="Content">A hash of which memories it is of, in which versions.</param>
/// <param name="Sources">Those memories.</param>
/// <param name="Request">What the model is asked.</param>
public sealed record SummaryProposal(Guid What, bool IsInsight, Guid Content, ImmutableArray<SummarySource> Sources, SummaryRequest Request);
