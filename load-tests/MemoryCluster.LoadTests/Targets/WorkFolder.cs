namespace MemoryCluster.LoadTests.Targets;

/// <summary>A folder for the data of what is started, gone with the run.</summary>
internal sealed class WorkFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("memory-cluster-load-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
