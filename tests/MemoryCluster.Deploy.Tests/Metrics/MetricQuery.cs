using System.Text.RegularExpressions;

namespace MemoryCluster.Deploy.Tests.Metrics;

/// <summary>Which metrics a query of Prometheus names, and by which of their labels it asks.</summary>
internal static partial class MetricQuery
{
    /// <summary>Each metric with the labels that stand in braces behind it.</summary>
    public static IEnumerable<(string Metric, IReadOnlyList<string> Labels)> Named(string query) => Metric().Matches(query)
        .Select(match => (match.Groups["name"].Value, (IReadOnlyList<string>)[.. Matcher().Matches(match.Groups["labels"].Value).Select(label => label.Groups[1].Value)]));

    // A name of ours, the runtime's, or Prometheus's own; nothing within quotes or a word of the language looks like it.
    [GeneratedRegex(@"\b(?<name>(?:memorycluster|dotnet)_[a-z_]+|up)\b(?:\{(?<labels>[^}]*)\})?")]
    private static partial Regex Metric();

    [GeneratedRegex("""([a-z_]+)(?:=~|!~|!=|=)""")]
    private static partial Regex Matcher();
}
