using MemoryCluster.Deploy.Tests.Tools;

namespace MemoryCluster.Deploy.Tests.Charts;

/// <summary>Values that break the schema, or contradict each other, are refused before anything is installed.</summary>
public sealed class ValuesTests
{
    private const string Sound = "secrets: {existingSecret: s}\nredis: {address: \"redis:6379\"}\n";

    [ChartTheory]
    [InlineData("silos: {replicas: 3}", "silos")]
    [InlineData("silo: {replica: 3}", "replica")]
    [InlineData("silo: {replicas: \"3\"}", "replicas")]
    [InlineData("silo: {replicas: -1}", "replicas")]
    [InlineData("silo: {resources: {limits: {cpu: 2}}}", "cpu")]
    [InlineData("silo: {resources: {requests: {memory: much}}}", "memory")]
    [InlineData("silo: {podDisruptionBudget: {maxUnavailable: 0}}", "maxUnavailable")]
    [InlineData("silo: {autoscaling: {scaleDownStabilizationSeconds: 10}}", "scaleDownStabilizationSeconds")]
    [InlineData("gateway: {service: {type: ExternalName}}", "type")]
    [InlineData("gateway: {hosts: memory.example.org}", "hosts")]
    [InlineData("image: {digest: latest}", "digest")]
    [InlineData("tenant: Not_A_Tenant", "tenant")]
    [InlineData("termination: {gracePeriodSeconds: 20}", "gracePeriodSeconds")]
    [InlineData("podSecurityContext: {runAsNonRoot: false}", "runAsNonRoot")]
    [InlineData("embedding: {provider: onnx}", "provider")]
    [InlineData("embedding: {provider: http, endpoint: \"http://m/v1\"}", "model")]
    [InlineData("config: {\"kernel\": 1}", "kernel")]
    [InlineData("gpu: {enabled: true, modelServer: {enabled: true}}", "image")]
    [InlineData("gpu: {autoscaling: {cpuPercent: 50}}", "cpuPercent")]
    [InlineData("metrics: {serviceMonitor: {enabled: true}}", "enabled")]
    [InlineData("networkPolicy: {gatewayFrom: [{}]}", "gatewayFrom")]
    public void Values_ThatTheSchemaHasNot_AreRefused(string values, string named)
    {
        var run = Render(Sound + values);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("schema", run.Error, StringComparison.Ordinal);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }

    [ChartTheory]
    [InlineData("redis: {address: \"redis:6379\"}", "secrets.existingSecret")]
    [InlineData("secrets: {existingSecret: s}", "redis.address")]
    [InlineData("redis: {address: \"redis:6379\", bundled: {enabled: true}}\nsecrets: {existingSecret: s}", "two Redis")]
    [InlineData(Sound + "termination: {gracePeriodSeconds: 60, preStopSeconds: 40}", "gracePeriodSeconds")]
    [InlineData(Sound + "silo: {autoscaling: {minReplicas: 30}}", "maxReplicas")]
    [InlineData(Sound + "embedding: {provider: http, model: m}", "embedding.endpoint")]
    [InlineData(Sound + "gpu: {modelServer: {enabled: true, image: i}}", "gpu.enabled")]
    [InlineData(Sound + "gpu: {enabled: true, modelServer: {enabled: true, image: i}}", "embedding.provider http")]
    [InlineData(Sound + "embedding: {provider: http, model: m, dimensions: 8, endpoint: \"http://m/v1\"}\ngpu: {enabled: true, modelServer: {enabled: true, image: i}}", "two embedding")]
    public void Values_ThatContradictEachOther_AreRefused(string values, string named)
    {
        var run = Render(values);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }

    [ChartFact]
    public void Values_ThatAreSound_AreNot() => Assert.Equal((0, ""), (Render(Sound).ExitCode, Render(Sound).Error));

    private static ToolRun Render(string values)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, values);
            return ChartRenderer.Render([file]);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
