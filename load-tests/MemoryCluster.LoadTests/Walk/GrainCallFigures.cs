using MemoryCluster.LoadTests.Measuring;

namespace MemoryCluster.LoadTests.Walk;

/// <summary>An authenticated call that reaches grains beside an empty endpoint of another process, turn by turn.</summary>
/// <param name="EmptyPerSecond">The empty endpoint.</param>
/// <param name="TeamPerSecond"><c>GET /api/v1/teams/{team}</c>.</param>
/// <param name="Ratio">The second over the first, within each round.</param>
internal sealed record GrainCallFigures(Spread EmptyPerSecond, Spread TeamPerSecond, Spread Ratio);
