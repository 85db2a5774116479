using System.Globalization;
using System.Text.RegularExpressions;
using MemoryCluster.LoadTests.Walk;

namespace MemoryCluster.LoadTests.Reports;

/// <summary>What must not hold of a run, such as <c>recall.p99&gt;50ms</c>, <c>refused&gt;1%</c>, <c>goodput&lt;500</c> or <c>lost&gt;0</c>.</summary>
internal sealed partial class FailCondition
{
    private readonly string _text;
    private readonly string _stream;
    private readonly string _metric;
    private readonly bool _above;
    private readonly double _limit;
    private readonly bool _isShare;

    private FailCondition(Match match)
    {
        _text = match.Value.Trim();
        _stream = match.Groups["stream"].Success ? match.Groups["stream"].Value : LoadReport.All;
        _metric = match.Groups["metric"].Value;
        _above = match.Groups["than"].Value == ">";
        _isShare = match.Groups["unit"].Value == "%";
        _limit = double.Parse(match.Groups["limit"].Value, CultureInfo.InvariantCulture) * (match.Groups["unit"].Value switch
        {
            "s" => 1_000,
            "us" => 0.001,
            _ => 1,
        });
    }

    /// <summary>Reads <c>[STREAM.]METRIC&gt;NUMBER[unit]</c> or with <c>&lt;</c>.</summary>
    /// <exception cref="FormatException">It is none; the message names what may stand there.</exception>
    public static FailCondition Parse(string text)
    {
        var match = Grammar().Match(text.Trim());
        if (!match.Success || !Metrics.Names.Contains(match.Groups["metric"].Value))
            throw new FormatException($"'{text}' is no condition. It is [STREAM.]METRIC>NUMBER or <NUMBER, with ms, s, us or %; the metrics are {string.Join(", ", Metrics.Names)}.");
        if (match.Groups["unit"].Value == "%" && !Metrics.HasShare(match.Groups["metric"].Value))
            throw new FormatException($"'{text}': {match.Groups["metric"].Value} is no share of anything, so that % has no meaning.");
        return new FailCondition(match);
    }

    /// <summary>One condition a line; empty lines and those that begin with # are passed over.</summary>
    public static IReadOnlyList<FailCondition> ParseFile(IEnumerable<string> lines) =>
        [.. lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Select(Parse)];

    /// <summary>What was read, and whether the run passes.</summary>
    public Threshold Check(LoadReport report)
    {
        if (Metrics.Read(report, _stream, _metric, _isShare) is not { } reading)
            return new Threshold($"not {_text}", $"the run has no {_stream}.{_metric}", IsMet: false);
        var fails = _above ? reading > _limit : reading < _limit;
        return new Threshold($"not {_text}", string.Create(CultureInfo.InvariantCulture, $"{reading:0.###}{Metrics.UnitOf(_metric, _isShare)}"), !fails);
    }

    [GeneratedRegex(@"^(?:(?<stream>[a-z][a-z0-9.-]*)\.)?(?<metric>[a-z0-9-]+)\s*(?<than>[<>])\s*(?<limit>\d+(?:\.\d+)?)(?<unit>ms|s|us|%)?$")]
    private static partial Regex Grammar();
}
