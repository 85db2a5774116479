namespace MemoryCluster.LoadTests.Walk;

/// <summary>How the memories came in, in batches of 100.</summary>
internal sealed record LoadingFigures(int Memories, int DistinctTexts, int Teams, double Seconds, double PerSecond);
