namespace MemoryCluster.Controller;

/// <summary>The gate of a team as it is stored.</summary>
/// <param name="History">Its policies, as JSON.</param>
/// <param name="Training">What its trainer carries on, as JSON.</param>
/// <param name="LearnedTo">The latest run that it has learned from.</param>
internal sealed record StoredGate(string History, string Training, string LearnedTo);
