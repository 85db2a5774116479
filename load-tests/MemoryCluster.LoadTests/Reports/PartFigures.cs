namespace MemoryCluster.LoadTests.Reports;

/// <summary>A part of a stream's time in figures: of what was due in it.</summary>
internal sealed record PartFigures(double GoodputPerSecond, double P50Ms, double P99Ms);
