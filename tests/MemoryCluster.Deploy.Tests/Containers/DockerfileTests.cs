using System.Text.RegularExpressions;
using MemoryCluster.Deploy.Tests.Tools;

namespace MemoryCluster.Deploy.Tests.Containers;

public sealed partial class DockerfileTests
{
    public static TheoryData<string> Files => ["deploy/Dockerfile", "deploy/Dockerfile.gpu"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Image_IsBuiltOfPinnedOnes_AndHoldsWhatWasPublishedAlone(string file)
    {
        var docker = Dockerfile.Parse(Repository.Read(file));
        var images = docker.Instructions.Where(line => line.Name == "ARG" && line.Arguments.Contains("_IMAGE=", StringComparison.Ordinal)).ToArray();

        Assert.Equal(2, images.Length);
        Assert.All(images, image => Assert.Matches(PinnedImage(), image.Arguments));
        Assert.Equal(2, docker.Instructions.Count(line => line.Name == "FROM"));
        Assert.All(docker.Final.Where(line => line.Name == "COPY"), line => Assert.StartsWith("--from=build ", line.Arguments, StringComparison.Ordinal));
        // nothing is installed into what is shipped
        Assert.DoesNotContain(docker.Final, line => line.Name == "RUN");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Image_RunsAsTheUserOfTheChart_AndWritesWhereItSays(string file)
    {
        var docker = Dockerfile.Parse(Repository.Read(file));
        var values = Repository.Read("helm/memory-cluster/values.yaml");

        Assert.Equal("10001:10001", docker.Final.Last(line => line.Name == "USER").Arguments);
        Assert.Contains("runAsUser: 10001", values, StringComparison.Ordinal);
        Assert.Contains("runAsGroup: 10001", values, StringComparison.Ordinal);
        Assert.Contains(docker.Final, line => line.Name == "COPY" && line.Arguments.Contains("--chown=10001:10001 /data /data", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Image_StartsAServerThatTheExecutableKnows_AndAsksItsHealth(string file)
    {
        var docker = Dockerfile.Parse(Repository.Read(file));
        var entry = Dockerfile.Words(docker.Last("ENTRYPOINT"));
        var health = docker.Last("HEALTHCHECK");
        var asked = Dockerfile.Words(health[(health.IndexOf("CMD ", StringComparison.Ordinal) + 4)..]);

        Assert.Empty(HostCommandLine.ErrorsOf(Dockerfile.Words(docker.Last("CMD"))));
        Assert.Equal(entry, asked[..entry.Length]);
        Assert.Equal(["health"], asked[entry.Length..]);
        Assert.Empty(HostCommandLine.ErrorsOf(asked[entry.Length..]));
        // neither a shell nor curl
        Assert.DoesNotContain("curl", health, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Build_PublishesTheHostOnOrleans(string file)
    {
        var build = Assert.Single(Dockerfile.Parse(Repository.Read(file)).Instructions, line => line.Name == "RUN").Arguments;

        var project = ProjectArgument().Match(build).Groups[1].Value;
        Assert.True(Directory.Exists(Repository.PathOf(project)), project);
        Assert.Contains("-p:Engine=Orleans", build, StringComparison.Ordinal);
        Assert.Contains("-p:RestoreConfigFile=/source/$NUGET_CONFIG", build, StringComparison.Ordinal);
    }

    [Fact]
    public void Context_HoldsWhatTheBuildNeeds_AndNoData()
    {
        var kept = Repository.Read(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]).ToArray();

        // all files beside the solution that MSBuild, the compiler or its analyzers read
        var needed = new[] { "Directory.Build.props", "Directory.Packages.props", "Directory.Build.targets", "BannedSymbols.txt", ".editorconfig", "global.json", "src" };
        Assert.All(needed, name => Assert.True(Path.Exists(Repository.PathOf(name)), name));
        Assert.All(needed, name => Assert.Contains(kept, pattern => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)));
        Assert.DoesNotContain(kept, pattern => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, "data", ignoreCase: false));
    }

    [Theory]
    [InlineData("FROM a\nINSTALL b")]
    [InlineData("FROM a\nRUN x\n  && y")]
    public void Line_WithoutAnInstruction_IsRefused(string text) => Assert.Throws<InvalidDataException>(() => Dockerfile.Parse(text));

    // a registry, a repository, and a tag with a version
    [GeneratedRegex(@"^[A-Z]+_IMAGE=[a-z0-9.-]+\.[a-z]+/[a-z0-9/.-]+:[0-9]+\.[0-9]+[a-z0-9.-]*$")]
    private static partial Regex PinnedImage();

    [GeneratedRegex(@"dotnet publish (\S+)")]
    private static partial Regex ProjectArgument();
}
