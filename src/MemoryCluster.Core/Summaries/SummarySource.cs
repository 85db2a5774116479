namespace MemoryCluster.Summaries;

/// <summary>A memory that a summary is of, as it stood then.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Version">Its version: as long as it has this one, it says what it said.</param>
public readonly record struct SummarySource(MemoryId Id, int Version);
