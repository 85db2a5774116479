namespace MemoryCluster.Deploy.Tests.Charts;

/// <summary>The check can fail: without these, a chart that passes it would prove nothing.</summary>
public sealed class KubernetesSchemasTests
{
    private const string Sound = """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: s, labels: {a: "1"}}
        spec:
          serviceName: s
          replicas: 3
          selector: {matchLabels: {a: "1"}}
          template:
            metadata: {labels: {a: "1"}}
            spec:
              terminationGracePeriodSeconds: 60
              containers:
                - name: c
                  image: i
                  args: ["--yes"]
                  resources: {requests: {memory: 1Gi}}
                  readinessProbe: {httpGet: {path: /, port: http}}
              volumes: [{name: v, emptyDir: {sizeLimit: 1Mi}}]
        """;

    [SchemaTheory]
    [InlineData("replicas: 3", "replicas: 3", null)]
    [InlineData("replicas: 3", "replica: 3", "/spec/replica: unknown field")]
    [InlineData("replicas: 3", "replicas: \"3\"", "/spec/replicas: type")]
    [InlineData("replicas: 3", "replicas: three", "/spec/replicas: type")]
    [InlineData("serviceName: s", "podManagementPolicy: Both", "/spec/podManagementPolicy: enum")]
    [InlineData("  selector: {matchLabels: {a: \"1\"}}", "  minReadySeconds: 1", "/spec: required {\"missingProperty\":\"selector\"}")]
    [InlineData("{a: \"1\"}}\nspec", "{a: 1}}\nspec", "/metadata/labels/a: type")]
    [InlineData("- name: c", "- stdin: false", "/containers/0: required {\"missingProperty\":\"name\"}")]
    [InlineData("image: i", "images: i", "/spec/template/spec/containers/0/images: unknown field")]
    [InlineData("\"--yes\"", "yes", "/containers/0/args/0: type")]
    [InlineData("{memory: 1Gi}", "{memory: 1 GB}", "/resources/requests/memory: format")]
    [InlineData("{path: /, port: http}", "{path: /}", "/readinessProbe/httpGet: required {\"missingProperty\":\"port\"}")]
    [InlineData("{path: /, port: http}", "{path: /, port: http, tls: true}", "/httpGet/tls: unknown field")]
    [InlineData("terminationGracePeriodSeconds: 60", "terminationGracePeriodSeconds: 60s", "/terminationGracePeriodSeconds: type")]
    [InlineData("{sizeLimit: 1Mi}", "{limit: 1Mi}", "/emptyDir/limit: unknown field")]
    [InlineData("kind: StatefulSet", "kind: StatefulSets", "/kind: StatefulSets is no kind of apps/v1")]
    [InlineData("apiVersion: apps/v1", "apiVersion: apps/v1beta9", "/apiVersion: apps/v1beta9 is none that is known here")]
    [InlineData("replicas: 3", "replicas: 3\n  replicas: 4", "Map keys must be unique")]
    public void Field_IsHeldAgainstItsSchema(string sound, string broken, string? problem)
    {
        Assert.Contains(sound, Sound, StringComparison.Ordinal);

        var (_, problems) = Assert.Single(KubernetesSchemas.Check(Sound.Replace(sound, broken, StringComparison.Ordinal)));

        if (problem is null)
        {
            Assert.Empty(problems);
        }
        else
        {
            Assert.Contains(problems, line => line.Contains(problem, StringComparison.Ordinal));
        }
    }

    [SchemaTheory]
    [InlineData("ServiceMonitor", "selector: {}\n  endpoints: [{port: http}]", null)]
    [InlineData("ServiceMonitor", "selector: {}\n  endpoints: [{ports: http}]", "/spec/endpoints/0/ports: unknown field")]
    [InlineData("PrometheusRule", "groups: [{name: g, rules: [{alert: A, expr: up == 0}]}]", null)]
    [InlineData("PrometheusRule", "groups: [{name: g, rules: [{alert: A}]}]", "required {\"missingProperty\":\"expr\"}")]
    public void ObjectOfTheOperator_IsHeldAgainstItsSchema(string kind, string spec, string? problem)
    {
        var yaml = $"apiVersion: monitoring.coreos.com/v1\nkind: {kind}\nmetadata: {{name: m}}\nspec:\n  {spec}\n";

        var (_, problems) = Assert.Single(KubernetesSchemas.Check(yaml));

        Assert.Equal(problem is not null, problems.Any(line => problem is null || line.Contains(problem, StringComparison.Ordinal)));
    }
}
