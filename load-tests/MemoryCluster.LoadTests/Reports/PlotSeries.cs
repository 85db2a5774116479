namespace MemoryCluster.LoadTests.Reports;

/// <summary>A line of a plot.</summary>
/// <param name="Name">What the legend says.</param>
/// <param name="Color">Which of the page's colours, 1 to 6.</param>
/// <param name="Points">Its points; a null makes a gap.</param>
internal sealed record PlotSeries(string Name, int Color, IReadOnlyList<(double X, double? Y)> Points);
