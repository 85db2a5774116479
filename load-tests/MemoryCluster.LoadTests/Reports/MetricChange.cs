namespace MemoryCluster.LoadTests.Reports;

/// <summary>One figure of two runs.</summary>
/// <param name="Stream">Whose.</param>
/// <param name="Metric">Which.</param>
/// <param name="Before">In the first run: the mean of its tenths.</param>
/// <param name="After">In the second.</param>
/// <param name="Ratio">The second over the first.</param>
/// <param name="Low">The lower end of the ratio's 95 % interval, as much as a run varies within itself.</param>
/// <param name="High">Its upper end.</param>
internal sealed record MetricChange(string Stream, string Metric, double Before, double After, double Ratio, double Low, double High)
{
    /// <summary>Whether it changed by more than the runs vary within themselves.</summary>
    public bool IsBeyondNoise => Low > 1 || High < 1;
}
