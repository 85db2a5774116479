namespace MemoryCluster.LoadTests.Targets;

/// <summary>Where the host of either engine lies: outputs are in artifacts/ENGINE/bin/PROJECT/CONFIGURATION.</summary>
internal static class HostAssemblies
{
    /// <exception cref="FileNotFoundException">That flavour was not built; the message says how to.</exception>
    public static string Find(bool onOrleans, string baseDirectory)
    {
        var mine = new DirectoryInfo(Path.TrimEndingDirectorySeparator(baseDirectory));
        var engine = onOrleans ? "Orleans" : "Local";
        var path = Path.Combine(
            mine.Parent!.Parent!.Parent!.Parent!.FullName, engine, "bin", "MemoryCluster.Host", mine.Name, "memorycluster.dll");
        var build = $"dotnet build -c Release src/MemoryCluster.Host{(onOrleans ? " -p:Engine=Orleans" : "")}";
        return File.Exists(path) ? path : throw new FileNotFoundException($"There is no host on the {engine} engine at {path}. Build it by: {build}", path);
    }
}
