using System.Text.Json;
using MemoryCluster.Deploy.Tests.Tools;

namespace MemoryCluster.Deploy.Tests.Charts;

/// <summary>Holds objects against the schemas of Kubernetes and of the Prometheus Operator; what no schema knows is refused.</summary>
internal static class KubernetesSchemas
{
    private static readonly string Folder = Path.Combine(Repository.Tests, "kubernetes");

    /// <summary>Why objects cannot be checked here; null where they can.</summary>
    public static string? MissingReason { get; } =
        ToolRun.Find("node") is not null && Directory.Exists(Path.Combine(Folder, "node_modules", "kubernetes-models"))
            ? null
            : "The schemas of Kubernetes are not here (npm ci --ignore-scripts, in tests/MemoryCluster.Deploy.Tests/kubernetes).";

    /// <summary>Each object, as KIND/NAME, and what is wrong with it, one line each.</summary>
    public static IReadOnlyList<(string Object, IReadOnlyList<string> Problems)> Check(string yaml)
    {
        var run = ToolRun.Of("node", ["validate.mjs"], input: yaml, folder: Folder);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return
        [
            .. JsonElement.Parse(run.Output).EnumerateArray().Select(answer => (
                answer.GetProperty("object").GetString()!,
                (IReadOnlyList<string>)[.. answer.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()!)]))
        ];
    }
}
