using System.Text.Json;
using MemoryCluster.Deploy.Tests.Tools;
using YamlDotNet.RepresentationModel;

namespace MemoryCluster.Deploy.Tests.Metrics;

/// <summary>Dashboards, alerts and autoscalers ask for what the host shows, and alerts lead to pages that are there.</summary>
public sealed class WatchingTests(ExposedMetrics exposed) : IClassFixture<ExposedMetrics>
{
    private const string Alerts = "deploy/prometheus/alerts.yaml";
    private const string Adapter = "helm/memory-cluster/prometheus-adapter-values.yaml";

    // Given by who scrapes: Prometheus, its operator, deploy/otel/collector.yaml.
    private static readonly string[] ScrapeLabels = ["instance", "job", "role", "namespace", "pod"];

    public static TheoryData<string> Dashboards => [.. Directory.GetFiles(Repository.PathOf("deploy/grafana"), "*.json").Select(file => Path.GetFileName(file))];

    [Fact]
    public void TheHost_ShowsWhatTheDocumentsName()
    {
        var named = MetricQuery.Named(Repository.Read("docs/operations/README.md")).Select(metric => metric.Metric).Where(name => name != "dotnet_").Distinct().ToArray();

        Assert.Contains("memorycluster_shard_queue", named);
        Assert.All(named, Known);
    }

    [Theory]
    [MemberData(nameof(Dashboards))]
    public void EveryPanel_AsksForWhatTheHostShows(string file)
    {
        var dashboard = JsonElement.Parse(Repository.Read($"deploy/grafana/{file}"));
        var panels = dashboard.GetProperty("panels").EnumerateArray().Where(panel => panel.GetProperty("type").GetString() != "row").ToArray();

        Assert.NotEmpty(panels);
        Assert.All(panels, panel =>
        {
            Assert.Equal("prometheus", panel.GetProperty("datasource").GetProperty("uid").GetString());
            var targets = panel.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("expr").GetString()!).ToArray();
            Assert.NotEmpty(targets);
            Assert.All(targets, Asks);
        });
        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
    }

    [Fact]
    public void Grafana_HasTheSourceThatItsDashboardsName()
    {
        var sources = Load("deploy/grafana/provisioning/datasources/prometheus.yaml")["datasources"];

        Assert.Equal("prometheus", (string?)sources[0]["uid"]);
    }

    [Fact]
    public void EveryAlert_AsksForWhatTheHostShows_AndLeadsToAPage()
    {
        var rules = ((YamlSequenceNode)Load(Alerts)["groups"][0]["rules"]).ToArray();

        Assert.NotEmpty(rules);
        Assert.All(rules, rule =>
        {
            Asks((string)rule["expr"]!);
            Assert.Contains((string?)rule["labels"]["severity"], new[] { "critical", "warning" });
            Assert.True(File.Exists(Repository.PathOf((string)rule["annotations"]["runbook_url"]!)), (string)rule["annotations"]["runbook_url"]!);
            Assert.Contains($"`{rule["alert"]}`", Repository.Read((string)rule["annotations"]["runbook_url"]!), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void EveryMetricOfAnAutoscaler_IsOneThatTheAdapterMakes_OfWhatTheHostShows()
    {
        var rules = ((YamlSequenceNode)Load(Adapter)["rules"]["custom"]).ToArray();
        var made = rules.Select(rule => (string)rule["name"]["as"]!).ToHashSet();
        var asked = new[] { "silo.yaml", "gpu.yaml", "gateway.yaml" }
            .SelectMany(file => MetricQuery.Named(Repository.Read($"helm/memory-cluster/templates/{file}")).Select(metric => metric.Metric));

        Assert.All(rules, rule => Asks((string)rule["seriesQuery"]!));
        Assert.Equal(made.Order(), asked.Distinct().Order());
    }

    [Fact]
    public void EveryPage_IsInTheIndex()
    {
        var index = Repository.Read("docs/operations/README.md");
        var pages = Directory.GetFiles(Repository.PathOf("docs/operations"), "*.md").Select(file => Path.GetFileName(file)).Where(file => file != "README.md").ToArray();

        Assert.NotEmpty(pages);
        Assert.All(pages, page => Assert.Contains($"]({page})", index, StringComparison.Ordinal));
        Assert.All(pages, page => Assert.Contains("**What to do.**", Repository.Read($"docs/operations/{page}"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rate(memorycluster_refusals_total{code=\"x\"}[5m])", true)]
    [InlineData("memorycluster_refused_total", false)]
    [InlineData("memorycluster_refusals_total{reason=\"x\"}", false)]
    [InlineData("sum(dotnet_process_memory_working_set_bytes{role=\"silo\"})", true)]
    [InlineData("dotnet_process_memory_bytes", false)]
    public void Query_ForWhatTheHostDoesNotShow_IsFound(string query, bool isShown) =>
        Assert.Equal(isShown, MetricQuery.Named(query).All(IsShown));

    private void Asks(string query)
    {
        var named = MetricQuery.Named(query).ToArray();
        Assert.NotEmpty(named);
        Assert.All(named, metric => Assert.True(IsShown(metric), $"{metric.Metric}{{{string.Join(',', metric.Labels)}}} in {query}"));
    }

    private void Known(string metric) => Assert.True(IsShown((metric, [])), metric);

    private bool IsShown((string Metric, IReadOnlyList<string> Labels) asked) =>
        asked.Metric == "up"
        || (exposed.Labels.TryGetValue(asked.Metric, out var labels) && asked.Labels.All(label => labels.Contains(label) || ScrapeLabels.Contains(label)))
        || exposed.Labels.ContainsKey($"{asked.Metric}_count");

    private static YamlNode Load(string file)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(Repository.Read(file));
        stream.Load(reader);
        return stream.Documents.Single().RootNode;
    }
}
