using MemoryCluster.LoadTests.Processes;

namespace MemoryCluster.LoadTests.Targets;

/// <summary>What is put under load, and where it keeps its data.</summary>
internal sealed record TargetSettings
{
    public required TargetKind Kind { get; init; }

    /// <summary>An empty folder for the data of what is started here.</summary>
    public required string Folder { get; init; }

    /// <summary>The address of a server that runs already.</summary>
    public Uri? Url { get; init; }

    /// <summary>The file with that server's admin key.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The host's assembly; null for the one of the engine that was built in the same configuration.</summary>
    public string? HostAssembly { get; init; }

    /// <summary>Whether the one process is of the Orleans flavour; a cluster always is.</summary>
    public bool IsOnOrleans { get; init; }

    /// <summary>Where one process keeps its memories; a cluster's are in Redis.</summary>
    public StoreKind Store { get; init; } = StoreKind.File;

    /// <summary>Silos of a cluster, beside its gateway.</summary>
    public int Silos { get; init; } = 3;

    /// <summary>Settings by way of the environment, such as <c>Gateway__Shedding__Enabled</c>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads the option <c>--target</c>: local, orleans, or a URL.</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static (TargetKind Kind, Uri? Url) Parse(string target) => target switch
    {
        "local" => (TargetKind.Local, null),
        "orleans" => (TargetKind.Orleans, null),
        _ when Uri.TryCreate(target, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp => (TargetKind.Running, url),
        _ => throw new ArgumentException($"--target is '{target}'; it is local, orleans, or the http:// address of a server that runs already."),
    };
}
