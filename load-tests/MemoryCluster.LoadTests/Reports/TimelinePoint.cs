namespace MemoryCluster.LoadTests.Reports;

/// <summary>One interval of a run.</summary>
/// <param name="Second">Its begin.</param>
/// <param name="Offered">Due in it, a second.</param>
/// <param name="Answered">Successes whose answer came in it, a second.</param>
/// <param name="Refused">Refusals that came in it, a second.</param>
/// <param name="Failed">Failures that came in it, a second.</param>
/// <param name="P50Ms">Of successes that were due in it; null where none was.</param>
/// <param name="P99Ms">The same at 99 %.</param>
/// <param name="MaxMs">The longest.</param>
internal sealed record TimelinePoint(double Second, double Offered, double Answered, double Refused, double Failed, double? P50Ms, double? P99Ms, double? MaxMs);
