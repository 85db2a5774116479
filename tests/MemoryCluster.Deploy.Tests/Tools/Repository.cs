namespace MemoryCluster.Deploy.Tests.Tools;

/// <summary>Files of the tree that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Chart { get; } = PathOf("helm/memory-cluster");

    /// <summary>Where what these tests need besides C# lies: the renderer and the schemas.</summary>
    public static string Tests { get; } = PathOf("tests/MemoryCluster.Deploy.Tests");

    public static string PathOf(string file) => Path.Combine(Root, file);

    public static string Read(string file) => File.ReadAllText(PathOf(file));

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
