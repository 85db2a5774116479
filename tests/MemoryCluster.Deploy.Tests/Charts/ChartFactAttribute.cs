namespace MemoryCluster.Deploy.Tests.Charts;

/// <summary>A test that renders the chart, and says so where nothing can.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChartFactAttribute : FactAttribute
{
    public ChartFactAttribute() => Skip = ChartRenderer.MissingReason;
}
