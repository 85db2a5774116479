using System.Text.Json;
using System.Text.RegularExpressions;
using MemoryCluster.Deploy.Tests.Tools;

namespace MemoryCluster.Deploy.Tests.Metrics;

/// <summary>Prometheus reads its rules and its configuration, and every query of a dashboard.</summary>
public sealed class PromtoolTests
{
    [PromtoolFact]
    public void Rules_AreRead()
    {
        var run = Promtool("check", "rules", Repository.PathOf("deploy/prometheus/alerts.yaml"));

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
    }

    [PromtoolFact]
    public void EveryAlert_FiresOfWhatItIsFor_AndIsSilentOtherwise()
    {
        var cases = Path.Combine(Repository.Tests, "Metrics", "alerts.test.yaml");
        var run = Promtool("test", "rules", cases);

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        var text = File.ReadAllText(cases);
        Assert.All(
            Regex.Matches(Repository.Read("deploy/prometheus/alerts.yaml"), "alert: (\\w+)").Select(match => match.Groups[1].Value),
            alert => Assert.Equal(2, Regex.Count(text, $@"alertname: {alert}\b")));
    }

    [PromtoolFact]
    public void Configuration_IsRead()
    {
        // the rules lie elsewhere in the container
        var run = Promtool("check", "config", "--syntax-only", Repository.PathOf("deploy/prometheus/prometheus.yaml"));

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
    }

    [PromtoolFact]
    public void QueriesOfDashboards_AreRead()
    {
        var queries = Directory.GetFiles(Repository.PathOf("deploy/grafana"), "*.json")
            .SelectMany(file => JsonElement.Parse(File.ReadAllText(file)).GetProperty("panels").EnumerateArray())
            .Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("expr").GetString()!))
            // Grafana's own
            .Select(query => query.Replace("$__rate_interval", "1m", StringComparison.Ordinal))
            .ToArray();

        Assert.NotEmpty(queries);
        Assert.Equal(0, CheckAsRules(queries).ExitCode);
        Assert.NotEqual(0, CheckAsRules([.. queries, "sum(rate(memorycluster_recalls_total))"]).ExitCode);
    }

    private static ToolRun CheckAsRules(IEnumerable<string> queries)
    {
        var rules = queries.Select((query, at) => new { record = $"query_{at}", expr = query });
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, JsonSerializer.Serialize(new { groups = new[] { new { name = "queries", rules } } }));
            return Promtool("check", "rules", file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static ToolRun Promtool(params string[] arguments) => ToolRun.Of(PromtoolFactAttribute.Path!, arguments);
}
