using System.Diagnostics.Metrics;
using MemoryCluster.Gateway.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryCluster.Gateway.Tests.Metrics;

public sealed class MetricsRouteTests
{
    [Fact]
    public async Task Metrics_CountRequestsByRouteAndStatus_AndNameNoIds()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await gateway.PutTeamAsync("a-very-private-team", "ada");
        await gateway.Admin.SendAsync("GET", "/api/v1/teams/nowhere");

        var answer = await gateway.Anonymous.SendAsync("GET", "/metrics");

        Assert.Equal("text/plain", answer.MediaType);
        Assert.Contains("# TYPE memorycluster_http_request_duration_seconds histogram\n", answer.Text, StringComparison.Ordinal);
        Assert.Contains(
            "memorycluster_http_request_duration_seconds_count{route=\"/api/v1/teams/{team}\",method=\"PUT\",status=\"201\"} 1\n", answer.Text, StringComparison.Ordinal);
        Assert.Contains(
            "memorycluster_http_request_duration_seconds_bucket{route=\"/api/v1/teams/{team}\",method=\"GET\",status=\"404\",le=\"+Inf\"} 1\n", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("private", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("nowhere", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_CountRecallsAndRefusals_AndShowTheRuntime()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await gateway.PutTeamAsync("t", "ada");
        await gateway.Admin.SendAsync("POST", "/api/v1/recall", """{"team":"t","agent":"ada","query":"anything"}""");
        await gateway.Admin.SendAsync("GET", "/api/v1/teams/nowhere");

        var text = (await gateway.Anonymous.SendAsync("GET", "/metrics")).Text;

        Assert.Contains("memorycluster_recalls_total{partial=\"false\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("memorycluster_recalls_total{partial=\"true\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("memorycluster_refusals_total{code=\"team_not_found\"} 1\n", text, StringComparison.Ordinal);
        // the one that asks
        Assert.Contains("memorycluster_http_requests_active 1\n", text, StringComparison.Ordinal);
        Assert.Contains("dotnet_process_memory_working_set_bytes ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryMeterOfOurs_IsShown_AndNoOther()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var meters = gateway.Services.GetRequiredService<IMeterFactory>();
        var counter = meters.Create("MemoryCluster.Test").CreateCounter<long>("memorycluster.test.merges", "{merge}", "Merges");
        meters.Create("MemoryCluster.Test").CreateObservableGauge("memorycluster.test.depth", () => 4, "By");
        meters.Create("Somebody.Else").CreateCounter<int>("else.count").Add(1);
        counter.Add(2, new KeyValuePair<string, object?>("why", "a \"quoted\"\nreason"));
        counter.Add(3, new KeyValuePair<string, object?>("why", "a \"quoted\"\nreason"));

        var text = (await gateway.Anonymous.SendAsync("GET", "/metrics")).Text;

        Assert.Contains("# HELP memorycluster_test_merges_total Merges\n# TYPE memorycluster_test_merges_total counter\n", text, StringComparison.Ordinal);
        Assert.Contains("memorycluster_test_merges_total{why=\"a \\\"quoted\\\"\\nreason\"} 5\n", text, StringComparison.Ordinal);
        Assert.Contains("memorycluster_test_depth_bytes 4\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("else_count", text, StringComparison.Ordinal);
    }
}
