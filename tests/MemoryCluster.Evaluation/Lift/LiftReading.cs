namespace MemoryCluster.Evaluation.Lift;

/// <summary>What a run knew beforehand of what it was about to find: sums over its questions.</summary>
internal sealed record LiftReading(StreamRun Run, int Questions, double Coverage, int Misled, int Answered);
