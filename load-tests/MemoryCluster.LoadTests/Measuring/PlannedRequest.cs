namespace MemoryCluster.LoadTests.Measuring;

/// <summary>A request and when it is due.</summary>
/// <param name="Due">From the run's begin.</param>
/// <param name="Stream">The position of the stream that it belongs to.</param>
/// <param name="Bytes">The whole of it.</param>
/// <param name="Number">Of a write its number, which its text begins with; else -1.</param>
internal readonly record struct PlannedRequest(TimeSpan Due, int Stream, byte[] Bytes, int Number = -1);
