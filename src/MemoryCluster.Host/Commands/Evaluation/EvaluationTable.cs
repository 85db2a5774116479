using System.Globalization;
using System.Text;
using Spectre.Console;

namespace MemoryCluster.Host.Commands.Evaluation;

/// <summary>The report as rows: for the terminal and as Markdown.</summary>
internal static class EvaluationTable
{
    private static readonly string[] Header = ["search", "category", "questions", .. QuestionScores.Depths.Select(depth => $"recall@{depth}")];

    public static void Print(IAnsiConsole console, EvaluationReport report)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(Header);
        foreach (var row in Rows(report))
            table.AddRow([.. row.Select(Markup.Escape)]);
        console.Write(table);
        console.WriteLine(Summary(report));
    }

    public static string ToMarkdown(EvaluationReport report)
    {
        var text = new StringBuilder();
        Append(text, Header);
        Append(text, Header.Select((_, column) => column < 2 ? "---" : "---:"));
        foreach (var row in Rows(report))
            Append(text, row);
        return text.Append('\n').Append(Summary(report)).Append('\n').ToString();
    }

    private static IEnumerable<string[]> Rows(EvaluationReport report) =>
        from run in report.Runs
        from category in run.Categories
        select (string[])[run.Search, category.Category, $"{category.Questions}", .. QuestionScores.Depths.Select(depth => Format(category.At[depth]))];

    private static string Summary(EvaluationReport report)
    {
        var differences = QuestionScores.Depths.Select(depth => $"@{depth} {Format(report.FusedLessLexical[depth], "+0.000;-0.000")}");
        var decisions = report.Decisions.Select(decision => $"{decision.Value} {decision.Key}");
        return $"{report.Dataset}: {report.Questions} questions over {report.Passages} passages ({string.Join(", ", decisions)}); "
            + $"95 % intervals by bootstrap over questions. Fused less BM25 alone: {string.Join(", ", differences)}.";
    }

    private static void Append(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Format(Estimate estimate, string number = "0.000") =>
        string.Create(CultureInfo.InvariantCulture,
            $"{estimate.Mean.ToString(number, CultureInfo.InvariantCulture)} [{estimate.Low.ToString(number, CultureInfo.InvariantCulture)}, {estimate.High.ToString(number, CultureInfo.InvariantCulture)}]");
}
