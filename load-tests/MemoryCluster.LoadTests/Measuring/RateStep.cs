namespace MemoryCluster.LoadTests.Measuring;

/// <summary>One rate that was tried while looking for the capacity.</summary>
internal sealed record RateStep(double OfferedPerSecond, double AchievedPerSecond, double P50Ms, double P99Ms, bool IsSustained);
