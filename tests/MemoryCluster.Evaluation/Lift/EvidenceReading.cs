namespace MemoryCluster.Evaluation.Lift;

/// <summary>What a reader knew of a question's answer.</summary>
/// <param name="Coverage">The share of it, 0 where it was misled.</param>
/// <param name="IsMisled">Whether a memory on this very question said otherwise.</param>
/// <param name="IsAnswered">Whether a memory on this very question was recalled.</param>
internal readonly record struct EvidenceReading(double Coverage, bool IsMisled, bool IsAnswered);
