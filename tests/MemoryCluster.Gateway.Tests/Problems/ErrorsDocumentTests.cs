using System.Text.RegularExpressions;
using MemoryCluster.Gateway.Problems;

namespace MemoryCluster.Gateway.Tests.Problems;

/// <summary>docs/errors.md names every code that a caller can meet, with its status.</summary>
public sealed partial class ErrorsDocumentTests
{
    private static readonly string Root = RootAbove(AppContext.BaseDirectory);
    private static readonly string Document = File.ReadAllText(Path.Combine(Root, "docs", "errors.md"));

    [Fact]
    public void EveryRefusalAndFault_StandsInTheDocument_WithItsStatus()
    {
        var codes = Refusals.All.Select(kind => (kind.Code, kind.Status))
            .Concat(Enum.GetValues<MemoryFault>().Select(fault => (Code: fault.Code(), Status: FaultMap.Status(fault))));

        Assert.All(codes, code => Assert.Contains($"| `{code.Code}` | {code.Status} |", Document, StringComparison.Ordinal));
    }

    [Fact]
    public void EveryCodeThatTheEnginesName_StandsInTheDocument()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories);
        var codes = sources.SelectMany(path => CodeArgument().Matches(File.ReadAllText(path))).Select(match => match.Groups[1].Value).Distinct();

        Assert.All(codes, code => Assert.Contains($"| `{code}` |", Document, StringComparison.Ordinal));
    }

    [Fact]
    public void NoCode_IsNamedTwice() =>
        Assert.Equal(Refusals.All.Select(kind => kind.Code).Distinct().Count(), Refusals.All.Count());

    private static string RootAbove(string folder) =>
        File.Exists(Path.Combine(folder, "MemoryCluster.sln")) ? folder : RootAbove(Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))!);

    [GeneratedRegex("code: \"([a-z_]+)\"")]
    private static partial Regex CodeArgument();
}
