using System.Net;

namespace MemoryCluster.LoadTests.Processes;

/// <summary>How to start the host under test.</summary>
internal sealed record HostSettings
{
    /// <summary>The host's assembly; by default the one that was built beside this program, in the same configuration.</summary>
    public string Assembly { get; init; } = BuiltBeside(AppContext.BaseDirectory);

    public required string DataFolder { get; init; }

    public StoreKind Store { get; init; } = StoreKind.File;

    /// <summary>The connection string, where the store is Redis.</summary>
    public string? Redis { get; init; }

    /// <summary>Settings by way of the environment, such as <c>Chat__Model</c>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public int Port { get; init; } = LoopbackPort.Free();

    /// <summary>Where it listens.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>What it is started by, such as <c>ip netns exec NAME</c>; by default nothing.</summary>
    public IReadOnlyList<string> Launcher { get; init; } = [];

    /// <summary>Further arguments, such as those of a silo.</summary>
    public IReadOnlyList<string> Further { get; init; } = [];

    public Uri Url => new($"http://{Address}:{Port}");

    public IEnumerable<string> Arguments()
    {
        yield return Assembly;
        yield return "--urls";
        yield return Url.GetLeftPart(UriPartial.Authority);
        yield return "--data";
        yield return DataFolder;
        yield return "--store";
        yield return Store == StoreKind.File ? "file" : "redis";
        foreach (var argument in Redis is null ? Further : ["--redis", Redis, .. Further])
            yield return argument;
    }

    /// <summary>Build outputs lie side by side: bin/PROJECT/CONFIGURATION.</summary>
    internal static string BuiltBeside(string baseDirectory)
    {
        var mine = new DirectoryInfo(Path.TrimEndingDirectorySeparator(baseDirectory));
        return Path.Combine(mine.Parent!.Parent!.FullName, "MemoryCluster.Host", mine.Name, "memorycluster.dll");
    }
}
