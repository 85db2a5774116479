using System.Xml.Linq;

namespace MemoryCluster.Architecture.Tests;

/// <summary>The tree that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The product's projects, without the product's name.</summary>
    public static IEnumerable<string> Projects { get; } =
        [.. Directory.GetDirectories(Path.Combine(Root, "src")).Select(folder => Path.GetFileName(folder)["MemoryCluster.".Length..]).Order()];

    /// <summary>The product's projects that a project of the product names.</summary>
    public static IEnumerable<string> ReferencesOf(string project) =>
        XDocument.Load(Path.Combine(Root, "src", $"MemoryCluster.{project}", $"MemoryCluster.{project}.csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)["MemoryCluster.".Length..]);

    /// <summary>Sources of the product, tests and tools.</summary>
    public static IEnumerable<string> SourceFiles => new[] { "src", "tests", "load-tests" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MemoryCluster.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} lies under no MemoryCluster.sln.");
        }

        return folder.FullName;
    }
}
