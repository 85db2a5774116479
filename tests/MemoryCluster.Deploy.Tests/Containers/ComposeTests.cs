using System.Text.RegularExpressions;
using MemoryCluster.Deploy.Tests.Tools;
using YamlDotNet.RepresentationModel;

namespace MemoryCluster.Deploy.Tests.Containers;

public sealed partial class ComposeTests
{
    private const string Folder = "deploy";

    private static readonly ComposeFile Compose = ComposeFile.Read(Repository.Read($"{Folder}/compose.yaml"));

    public static TheoryData<string> Services => [.. Compose.Services.Keys];

    public static TheoryData<string> Roles => [.. Compose.Services.Keys.Where(IsRole)];

    [Fact]
    public void ThereAreThreeSilosAGatewayAndWhatWatchesThem() => Assert.Equal(
        ["gateway", "grafana", "otel-collector", "prometheus", "redis", "silo-1", "silo-2", "silo-3"], Compose.Services.Keys.Order());

    [Fact]
    public void EveryKey_IsOneOfTheComposeSpecification() => Assert.Empty(Compose.UnknownKeys());

    [Theory]
    [InlineData("services: {a: {image: i, imge: i}}", "services.a.imge")]
    [InlineData("services: {a: {healthcheck: {test: [CMD, x], every: 1s}}}", "services.a.healthcheck.every")]
    [InlineData("service: {}", "service")]
    [InlineData("services: {a: {networks: {n: {address: 1.2.3.4}}}}", "services.a.networks.n.address")]
    [InlineData("networks: {n: {ipam: {config: [{net: x}]}}}\nservices: {}", "networks.n.ipam.config.0.net")]
    public void Key_ThatTheSpecificationHasNot_IsFound(string yaml, string key) => Assert.Equal([key], ComposeFile.Read(yaml).UnknownKeys());

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_IsPinned_AndMayDoNothingThatItNeedNot(string name)
    {
        var service = Compose.Services[name];

        Assert.Matches(PinnedImage(), ComposeFile.Scalar(service, "image"));
        Assert.Equal("true", ComposeFile.Scalar(service, "read_only"));
        Assert.Equal("ALL", ComposeFile.Scalar(service, "cap_drop", "0"));
        Assert.Equal("no-new-privileges:true", ComposeFile.Scalar(service, "security_opt", "0"));
        Assert.Null(ComposeFile.Scalar(service, "privileged"));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Port_IsOfTheLoopbackInterface(string name) => Assert.All(
        ComposeFile.List(Compose.Services[name], "ports"), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Services))]
    public void Mount_IsAFileThatIsThere_OrAVolumeThatIsDeclared(string name) => Assert.All(
        ComposeFile.List(Compose.Services[name], "volumes"),
        mount =>
        {
            var source = mount.Split(':')[0];
            Assert.True(
                source.StartsWith("./", StringComparison.Ordinal) ? Path.Exists(Repository.PathOf(Path.Combine(Folder, source))) && mount.EndsWith(":ro", StringComparison.Ordinal)
                    : Compose.Volumes.Contains(source),
                mount);
        });

    [Theory]
    [MemberData(nameof(Services))]
    public void Network_IsDeclared(string name)
    {
        var networks = Compose.Services[name].Children[new YamlScalarNode("networks")];
        var named = networks is YamlMappingNode map ? map.Children.Keys : ((YamlSequenceNode)networks).Children;

        Assert.All(named, network => Assert.Contains((string)network!, Compose.Networks));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void Role_IsStartedWithOptionsThatTheExecutableKnows(string name)
    {
        var service = Compose.Services[name];
        var line = ComposeFile.List(service, "command");

        Assert.Empty(HostCommandLine.ErrorsOf([.. line]));
        Assert.NotEmpty(HostCommandLine.ErrorsOf([.. line, "--rolle=silo"]));
        Assert.Contains(name == "gateway" ? "--role=gateway" : "--role=silo", line);
        Assert.Equal("redis:6379", ComposeFile.Scalar(service, "environment", "Storage__Redis"));
        Assert.Equal("service_healthy", ComposeFile.Scalar(service, "depends_on", "redis", "condition"));
        Assert.Contains(line, word => word == "--data=/data");
        Assert.Contains(ComposeFile.List(service, "volumes"), mount => mount.EndsWith(":/data", StringComparison.Ordinal));
        Assert.Equal("/tmp", ComposeFile.Scalar(service, "tmpfs", "0"));
        // longer than the 30 s that a process may take to end
        Assert.True(int.Parse(ComposeFile.Scalar(service, "stop_grace_period")!.TrimEnd('s'), null) > 30);
        Assert.True(File.Exists(Repository.PathOf(ComposeFile.Scalar(service, "build", "dockerfile")!)));
    }

    [Fact]
    public void Silo_SaysTheAddressThatItHas() => Assert.All(Compose.Services.Where(service => service.Key.StartsWith("silo", StringComparison.Ordinal)), service =>
        Assert.Contains($"--advertise={ComposeFile.Scalar(service.Value, "networks", "cluster", "ipv4_address")}", ComposeFile.List(service.Value, "command")));

    [Theory]
    [InlineData("--appendonly", "yes")]
    [InlineData("--appendfsync", "always")]
    [InlineData("--maxmemory-policy", "noeviction")]
    public void Redis_LosesNothing(string setting, string value)
    {
        var words = ComposeFile.List(Compose.Services["redis"], "command");
        var chart = Regex.Matches(Repository.Read("helm/memory-cluster/templates/redis.yaml"), "^ +- (.*)$", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value.Trim('"')).ToList();

        Assert.Equal(value, words[words.ToList().IndexOf(setting) + 1]);
        Assert.Equal(value, chart[chart.IndexOf(setting) + 1]);
    }

    [Fact]
    public void Collector_ReadsEveryProcess_AndItsPipelinesNameWhatItHas()
    {
        var collector = ComposeFile.Load(Repository.Read($"{Folder}/otel/collector.yaml"));
        var job = ComposeFile.At(collector, "receivers", "prometheus", "config", "scrape_configs", "0")!;
        var targets = ((YamlSequenceNode)ComposeFile.At(job, "static_configs")!).SelectMany(group => ComposeFile.List((YamlMappingNode)group, "targets"));

        Assert.Equal("/metrics", ComposeFile.Scalar(job, "metrics_path"));
        Assert.Equal(Compose.Services.Keys.Where(IsRole).Select(role => $"{role}:8080").Order(), targets.Order());
        foreach (var part in new[] { "receivers", "processors", "exporters" })
        {
            var declared = ((YamlMappingNode)ComposeFile.At(collector, part)!).Children.Keys.Select(name => (string)name!);
            var used = ComposeFile.List((YamlMappingNode)ComposeFile.At(collector, "service", "pipelines", "metrics")!, part);
            Assert.Equal(declared.Order(), used.Order());
        }

        Assert.Equal("0.0.0.0:8889", ComposeFile.Scalar(collector, "exporters", "prometheus", "endpoint"));
        Assert.Contains("otel-collector:8889", Repository.Read($"{Folder}/prometheus/prometheus.yaml"), StringComparison.Ordinal);
    }

    private static bool IsRole(string service) => service == "gateway" || service.StartsWith("silo", StringComparison.Ordinal);

    [GeneratedRegex(@"^([a-z0-9.-]+/[a-z0-9/-]+|memorycluster):v?[0-9]+\.[0-9]+\.[0-9]+[a-z0-9.-]*$")]
    private static partial Regex PinnedImage();
}
