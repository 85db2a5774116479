using MemoryCluster.Deploy.Tests.Tools;

namespace MemoryCluster.Deploy.Tests.Charts;

/// <summary>Renders the chart: by helm where it is on the PATH, else by the program beside these tests, which has helm's template engine.</summary>
internal static class ChartRenderer
{
    private static readonly string[] GoPackages =
        ["github.com/Masterminds/sprig", "github.com/Masterminds/semver", "github.com/xeipuuv/gojsonschema", "sigs.k8s.io/yaml"];

    private const string GoPath = "/usr/share/gocode";

    private static readonly string? Helm = ToolRun.Find("helm");
    private static readonly Lazy<string> Built = new(Build);

    /// <summary>Why charts cannot be rendered here; null where they can.</summary>
    public static string? MissingReason { get; } = FindMissing();

    public static ToolRun Render(IEnumerable<string> valueFiles, IEnumerable<string>? apiVersions = null)
    {
        var values = valueFiles.SelectMany(file => new[] { Option("values"), file });
        var versions = (apiVersions ?? []).SelectMany(version => new[] { Option("api-versions"), version });
        return Helm is null
            ? ToolRun.Of(Built.Value, ["-release", "mc", "-namespace", "agents", .. values, .. versions, Repository.Chart])
            : ToolRun.Of(Helm, ["template", "mc", Repository.Chart, "--namespace", "agents", .. values, .. versions]);
    }

    // Go's flags have one dash where helm's have two.
    private static string Option(string name) => (Helm is null ? "-" : "--") + name;

    private static string? FindMissing()
    {
        if (Helm is not null)
        {
            return null;
        }

        var missing = GoPackages.Where(package => !Directory.Exists(Path.Combine(GoPath, "src", package))).ToArray();
        return ToolRun.Find("go") is null || missing.Length > 0
            ? "Neither helm is on the PATH nor what renders without it (Debian: apt-get install golang-go golang-github-masterminds-sprig-dev "
                + "golang-k8s-sigs-yaml-dev golang-github-xeipuuv-gojsonschema-dev)."
            : null;
    }

    private static string Build()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "render-chart");
        var build = ToolRun.Of(
            "go", ["build", "-o", program, "."], folder: Path.Combine(Repository.Tests, "render"),
            environment: [("GO111MODULE", "off"), ("GOPATH", GoPath), ("GOFLAGS", "")]);
        return build.ExitCode == 0 ? program : throw new InvalidOperationException(build.Error);
    }
}
