using System.Globalization;
using System.Net;
using System.Text;

namespace MemoryCluster.LoadTests.Reports;

/// <summary>The frame of a page that needs nothing beside itself and follows the reader's light or dark.</summary>
internal static class PageFrame
{
    private const string Style = """
        :root { color-scheme: light dark; --back: #fbfbfa; --card: #fff; --text: #1d1d1f; --soft: #6a6a70; --edge: #e2e2e0;
          --c1: #0b63b5; --c2: #d1570b; --c3: #b3261e; --c4: #4f8f3a; --c5: #8547ad; --c6: #0d8a8a; --good: #2d7a2d; --bad: #b3261e; }
        @media (prefers-color-scheme: dark) { :root { --back: #16171a; --card: #1f2125; --text: #e9e9ea; --soft: #a0a1a8; --edge: #34363c;
          --c1: #6cb2f5; --c2: #f5a35c; --c3: #ff8078; --c4: #96d07c; --c5: #cfa0f0; --c6: #5fd3d3; --good: #85cf85; --bad: #ff8078; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 28px 20px 60px; max-width: 1160px; background: var(--back); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
        h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 17px; margin: 30px 0 8px; }
        p.soft { color: var(--soft); margin: 4px 0; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: 14px; }
        th, td { text-align: right; padding: 5px 9px; border-bottom: 1px solid var(--edge); white-space: nowrap; }
        th { color: var(--soft); font-weight: 600; } th:first-child, td:first-child { text-align: left; }
        td.words { text-align: left; white-space: normal; }
        figure { margin: 14px 0; padding: 12px 14px; background: var(--card); border: 1px solid var(--edge); border-radius: 8px; }
        figcaption { font-weight: 600; margin-bottom: 6px; } svg { width: 100%; height: auto; display: block; }
        svg text { fill: var(--soft); font: 11px system-ui, sans-serif; } text.x { text-anchor: middle; } text.y { text-anchor: end; }
        .grid { stroke: var(--edge); stroke-width: 1; } .mark, i.cmark { stroke: var(--bad); stroke-dasharray: 3 3; opacity: .7; }
        .line { fill: none; stroke-width: 1.7; stroke-linejoin: round; stroke-linecap: round; }
        .legend { margin: 6px 0 0; color: var(--soft); font-size: 13px; } .legend span { margin-right: 16px; white-space: nowrap; }
        .legend i { display: inline-block; width: 14px; height: 3px; margin: 0 6px 3px 0; border-radius: 2px; background: currentColor; } i.cmark { background: var(--bad); }
        .c1 { stroke: var(--c1); color: var(--c1); } .c2 { stroke: var(--c2); color: var(--c2); } .c3 { stroke: var(--c3); color: var(--c3); }
        .c4 { stroke: var(--c4); color: var(--c4); } .c5 { stroke: var(--c5); color: var(--c5); } .c6 { stroke: var(--c6); color: var(--c6); }
        .yes { color: var(--good); font-weight: 600; } .no { color: var(--bad); font-weight: 600; } ul { padding-left: 20px; margin: 6px 0; }
        """;

    public static string Of(string title, string body) => $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Text(title)}</title>
        <style>
        {Style}
        </style></head><body>
        {body}
        </body></html>

        """;

    /// <summary>A table whose first column is words and whose others are figures.</summary>
    public static string Table(IEnumerable<string> head, IEnumerable<IEnumerable<string>> rows)
    {
        var html = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        foreach (var cell in head)
            html.Append(CultureInfo.InvariantCulture, $"<th>{Text(cell)}</th>");
        html.Append("</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            html.Append("<tr>");
            foreach (var cell in row)
                html.Append(CultureInfo.InvariantCulture, $"<td{ClassOf(cell)}>{Text(cell)}</td>");
            html.Append("</tr>\n");
        }

        return html.Append("</tbody></table></div>\n").ToString();
    }

    public static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string ClassOf(string cell) => cell switch
    {
        "yes" => " class=\"yes\"",
        "NO" => " class=\"no\"",
        _ => "",
    };
}
