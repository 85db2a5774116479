using MemoryCluster.Deploy.Tests.Containers;
using MemoryCluster.Deploy.Tests.Tools;

namespace MemoryCluster.Deploy.Tests.Charts;

/// <summary>The chart under each of its value files: every object, and what must hold of each whatever the values.</summary>
public sealed class ChartTests
{
    private static readonly int GraceMin = 25 + 5;

    public static TheoryData<string> ValueFiles => [.. Directory.GetFiles(Path.Combine(Repository.Chart, "ci"), "*.yaml").Select(file => Path.GetFileName(file)).Order()];

    [Fact]
    public void ThereAreAtLeastSixValueFiles() => Assert.True(ValueFiles.Count >= 6);

    [ChartTheory(NeedsSchemas = true)]
    [MemberData(nameof(ValueFiles))]
    public void EveryObject_IsOneThatKubernetesKnows(string values)
    {
        var objects = KubernetesSchemas.Check(Render(values));

        Assert.True(objects.Count >= 10, $"{objects.Count} objects");
        Assert.All(objects, item => Assert.Equal((item.Object, ""), (item.Object, string.Join('\n', item.Problems))));
        Assert.Equal(objects.Count, objects.Select(item => item.Object).Distinct().Count());
    }

    [ChartTheory]
    [MemberData(nameof(ValueFiles))]
    public void EveryContainer_MayDoNothingThatItNeedNot(string values)
    {
        foreach (var item in Objects(values).Where(item => item.PodSpec is not null))
        {
            Assert.Equal("true", RenderedObject.Scalar(item.PodSpec!, "securityContext", "runAsNonRoot"));
            Assert.Equal("RuntimeDefault", RenderedObject.Scalar(item.PodSpec!, "securityContext", "seccompProfile", "type"));
            Assert.Equal("false", RenderedObject.Scalar(item.PodSpec!, "automountServiceAccountToken"));
            Assert.NotEmpty(item.Containers);
            Assert.All(item.Containers, container =>
            {
                Assert.Equal("true", RenderedObject.Scalar(container, "securityContext", "readOnlyRootFilesystem"));
                Assert.Equal("false", RenderedObject.Scalar(container, "securityContext", "allowPrivilegeEscalation"));
                Assert.Equal("ALL", RenderedObject.Scalar(container, "securityContext", "capabilities", "drop", "0"));
                Assert.NotNull(RenderedObject.Scalar(container, "resources", "requests", "cpu"));
                Assert.Null(RenderedObject.Scalar(container, "resources", "limits", "cpu"));
                Assert.NotNull(RenderedObject.Scalar(container, "resources", "limits", "memory"));
            });
        }
    }

    [ChartTheory]
    [MemberData(nameof(ValueFiles))]
    public void EveryRole_IsProbedDrainedAndSpread(string values)
    {
        foreach (var item in Objects(values).Where(item => item.Component is "silo" or "gpu" or "gateway" && item.PodSpec is not null))
        {
            var container = item.Containers.Last();
            // live asks the process alone: a Redis that is away restarts nobody
            Assert.Equal("/healthz/live", RenderedObject.Scalar(container, "livenessProbe", "httpGet", "path"));
            Assert.Equal("/healthz/live", RenderedObject.Scalar(container, "startupProbe", "httpGet", "path"));
            Assert.Equal("/healthz/ready", RenderedObject.Scalar(container, "readinessProbe", "httpGet", "path"));
            var preStop = int.Parse(RenderedObject.Scalar(container, "lifecycle", "preStop", "sleep", "seconds") ?? "0", null);
            var grace = int.Parse(RenderedObject.Scalar(item.PodSpec!, "terminationGracePeriodSeconds")!, null);
            Assert.True(grace > preStop + GraceMin, $"{item.Name}: {grace} s");
        }
    }

    [ChartTheory]
    [MemberData(nameof(ValueFiles))]
    public void EveryProcess_IsStartedWithOptionsThatTheExecutableKnows(string values)
    {
        var ours = Objects(values).SelectMany(item => item.Containers)
            .Where(container => RenderedObject.Scalar(container, "name") is "silo" or "gateway" or "check").ToArray();

        Assert.True(ours.Length >= 3);
        Assert.All(ours, container =>
        {
            var line = RenderedObject.Children(container, "args").Select(word => (string)word!).ToArray();
            Assert.NotEmpty(line);
            Assert.Empty(HostCommandLine.ErrorsOf(line));
        });
    }

    [ChartTheory]
    [MemberData(nameof(ValueFiles))]
    public void EverySelector_SelectsPodsOfTheRelease(string values)
    {
        var objects = Objects(values);
        var pods = objects.Where(item => item.Kind is "StatefulSet" or "Deployment").Select(item => item.Component).ToHashSet();

        Assert.All(objects.Where(item => item.Kind is "StatefulSet" or "Deployment"), item => Assert.Equal(
            item.At("spec", "selector", "matchLabels", "app.kubernetes.io/component")?.ToString(),
            item.At("spec", "template", "metadata", "labels", "app.kubernetes.io/component")?.ToString()));
        Assert.All(objects.Where(item => item.Kind == "Service"), item => Assert.Contains(
            item.At("spec", "selector", "app.kubernetes.io/component")?.ToString(), pods));
        Assert.All(objects.Where(item => item.Kind == "PodDisruptionBudget"), item => Assert.Contains(item.Component, pods));
        Assert.All(objects.Where(item => item.Kind == "HorizontalPodAutoscaler"), item =>
        {
            var target = Assert.Single(objects, other => other.Kind == item["spec.scaleTargetRef.kind"] && other.Name == item["spec.scaleTargetRef.name"]);
            // who is scaled by another says no number of its own
            Assert.Null(target["spec.replicas"]);
        });
    }

    [ChartFact]
    public void Silo_IsReachedOnItsPortsByTheClusterAlone()
    {
        var policy = Objects("minimal.yaml").Single(item => item.Kind == "NetworkPolicy" && item.Component == "silo");

        var rules = RenderedObject.Children((YamlDotNet.RepresentationModel.YamlMappingNode)policy.At("spec")!, "ingress").ToArray();

        Assert.Equal(2, rules.Length);
        Assert.All(rules, rule => Assert.NotNull(RenderedObject.Scalar(rule, "from", "0", "podSelector", "matchLabels", "app.kubernetes.io/instance")));
        Assert.Equal("gateway", RenderedObject.Scalar(rules[1], "from", "0", "podSelector", "matchLabels", "app.kubernetes.io/component"));
        Assert.Equal("client", RenderedObject.Scalar(rules[1], "ports", "0", "port"));
        Assert.Null(RenderedObject.Scalar(rules[1], "ports", "1", "port"));
    }

    [ChartFact]
    public void Secret_IsReferredTo_AndNeverWritten() => Assert.All(
        Directory.GetFiles(Path.Combine(Repository.Chart, "ci")).SelectMany(values => Objects(Path.GetFileName(values))), item => Assert.NotEqual("Secret", item.Kind));

    [ChartFact]
    public void Gpu_GoesToTheModelServer_WhereOneComputesOnIt()
    {
        var with = Objects("gpu.yaml").Single(item => item.Kind == "StatefulSet" && item.Component == "gpu").Containers.ToArray();
        var without = Objects("gpu-outside.yaml").Single(item => item.Kind == "StatefulSet" && item.Component == "gpu").Containers.ToArray();

        Assert.Equal(["model-server", "silo"], with.Select(container => RenderedObject.Scalar(container, "name")));
        Assert.Equal("1", RenderedObject.Scalar(with[0], "resources", "limits", "nvidia.com/gpu"));
        Assert.Null(RenderedObject.Scalar(with[1], "resources", "limits", "nvidia.com/gpu"));
        Assert.Null(RenderedObject.Scalar(Assert.Single(without), "resources", "limits", "nvidia.com/gpu"));
    }

    [ChartFact]
    public void Monitors_AreMade_WhereTheOperatorIsOrWhereItIsSaid()
    {
        static int Monitors(string yaml) => RenderedObject.ReadAll(yaml).Count(item => item.Kind is "ServiceMonitor" or "PrometheusRule");

        Assert.Equal(0, Monitors(Render("minimal.yaml")));
        Assert.Equal(2, Monitors(Render("minimal.yaml", "monitoring.coreos.com/v1")));
        Assert.Equal(2, Monitors(Render("monitored.yaml")));
    }

    private static IReadOnlyList<RenderedObject> Objects(string values) => RenderedObject.ReadAll(Render(values));

    private static string Render(string values, params string[] apiVersions)
    {
        var run = ChartRenderer.Render([Path.Combine(Repository.Chart, "ci", values)], apiVersions);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Output;
    }
}
