using MemoryCluster.Simulations.Histories;

namespace MemoryCluster.Simulations.Scenarios;

/// <summary>When a call was made, and how it ended.</summary>
internal readonly record struct Moment(long Start, long End, Outcome Outcome, string? Fault);
