namespace MemoryCluster.LoadTests.Tests.K6;

/// <summary>A test that needs node on the PATH, and says so where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "node"))))
            Skip = "node is not installed, and without it the k6 script cannot be read.";
    }
}
