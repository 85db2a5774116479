using MemoryCluster.LoadTests.Measuring;

namespace MemoryCluster.LoadTests.Walk;

/// <summary>Recalls with k = 10 by real questions, over all teams.</summary>
/// <param name="ClosedLoop">As many callers as there are, each waiting for its answer.</param>
/// <param name="Steps">The rates that were tried.</param>
/// <param name="CapacityPerSecond">The highest that was sustained.</param>
/// <param name="HalfPerSecond">Half of it, which was then held.</param>
/// <param name="AtHalf">What callers saw at that rate, from when each request was due.</param>
internal sealed record RecallFigures(
    LoadFigures ClosedLoop, IReadOnlyList<RateStep> Steps, double CapacityPerSecond, double HalfPerSecond, LoadFigures AtHalf);
