using System.Globalization;
using System.Net;
using System.Text;

namespace MemoryCluster.LoadTests.Reports;

/// <summary>A plot of lines as SVG, in the page's colours.</summary>
internal sealed record SvgPlot
{
    private const int Width = 1060;
    private const int Height = 260;
    private const int Left = 64;
    private const int Right = 22;
    private const int Top = 10;
    private const int Bottom = 36;

    public required string Title { get; init; }

    public required string XLabel { get; init; }

    public required string YLabel { get; init; }

    public required IReadOnlyList<PlotSeries> Series { get; init; }

    /// <summary>Moments that a line stands at, such as kills.</summary>
    public IReadOnlyList<double> Marks { get; init; } = [];

    public bool HasLogX { get; init; }

    public bool HasLogY { get; init; }

    public string ToHtml()
    {
        (double X, double Y)[] points = [.. Series.SelectMany(series => series.Points).Where(Visible).Select(point => (point.X, point.Y!.Value))];
        if (points.Length == 0)
            return "";
        var x = HasLogX ? PlotAxis.Log(points.Min(point => point.X), points.Max(point => point.X)) : PlotAxis.Linear(0, points.Max(point => point.X));
        var y = HasLogY ? PlotAxis.Log(points.Min(point => point.Y), points.Max(point => point.Y)) : PlotAxis.Linear(0, points.Max(point => point.Y));
        var html = new StringBuilder();
        Add(html, $"<figure><figcaption>{Text(Title)}</figcaption>\n<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Text(Title)}\">\n");
        AddGrid(html, x, y);
        foreach (var mark in Marks)
            Add(html, $"<line class=\"mark\" x1=\"{X(x, mark)}\" x2=\"{X(x, mark)}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/>\n");
        foreach (var series in Series)
            AddLine(html, series, x, y);
        Add(html, $"</svg>\n<p class=\"legend\">");
        foreach (var series in Series)
            Add(html, $"<span><i class=\"c{series.Color}\"></i>{Text(series.Name)}</span>");
        Add(html, $"{(Marks.Count > 0 ? "<span><i class=\"cmark\"></i>a process was killed</span>" : "")}</p></figure>\n");
        return html.ToString();
    }

    private bool Visible((double X, double? Y) point) => point.Y is { } y && (!HasLogY || y > 0) && (!HasLogX || point.X > 0);

    private void AddGrid(StringBuilder html, PlotAxis x, PlotAxis y)
    {
        foreach (var tick in y.Ticks)
        {
            var at = Y(y, tick);
            Add(html, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{at}\" y2=\"{at}\"/><text x=\"{Left - 6}\" y=\"{at}\" dy=\".32em\" class=\"y\">{PlotAxis.Label(tick)}</text>\n");
        }

        foreach (var tick in x.Ticks)
            Add(html, $"<text x=\"{X(x, tick)}\" y=\"{Height - Bottom + 15}\" class=\"x\">{PlotAxis.Label(tick)}</text>\n");
        Add(html, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 4}\" class=\"x\">{Text(XLabel)}</text>\n");
        Add(html, $"<text transform=\"translate(12 {(Top + Height - Bottom) / 2}) rotate(-90)\" class=\"x\">{Text(YLabel)}</text>\n");
    }

    private void AddLine(StringBuilder html, PlotSeries series, PlotAxis x, PlotAxis y)
    {
        var path = new StringBuilder();
        var pen = 'M';
        foreach (var point in series.Points)
        {
            if (!Visible(point))
            {
                pen = 'M';
                continue;
            }

            path.Append(CultureInfo.InvariantCulture, $"{pen}{X(x, point.X)} {Y(y, point.Y!.Value)}");
            // A single point is a dot: the line's round ends show it.
            if (pen == 'M')
                path.Append("h0");
            pen = 'L';
        }

        Add(html, $"<path class=\"line c{series.Color}\" d=\"{path}\"><title>{Text(series.Name)}</title></path>\n");
    }

    private static string X(PlotAxis axis, double value) => Pixel(Left + (axis.Share(value) * (Width - Left - Right)));

    private static string Y(PlotAxis axis, double value) => Pixel(Height - Bottom - (axis.Share(value) * (Height - Top - Bottom)));

    private static string Pixel(double at) => at.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static void Add(StringBuilder html, FormattableString text) => html.Append(text.ToString(CultureInfo.InvariantCulture));
}
