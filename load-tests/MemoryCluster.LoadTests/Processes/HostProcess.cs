namespace MemoryCluster.LoadTests.Processes;

/// <summary>The product, as its users start it.</summary>
internal sealed class HostProcess : ChildProcess
{
    // A cold start with a full store, on a machine that is busy with the callers too.
    private static readonly TimeSpan ReadyDelayMax = TimeSpan.FromSeconds(60);

    private readonly HostSettings _settings;

    private HostProcess(HostSettings settings)
        : base(settings.Launcher.FirstOrDefault("dotnet"), Command(settings), settings.Environment) => _settings = settings;

    public Uri Url => _settings.Url;

    private static IEnumerable<string> Command(HostSettings settings) =>
        settings.Launcher.Count == 0 ? settings.Arguments() : [.. settings.Launcher.Skip(1), "dotnet", .. settings.Arguments()];

    /// <summary>Starts it and does not wait.</summary>
    public static HostProcess Begin(HostSettings settings) => new(settings);

    /// <summary>Starts it and waits until it serves.</summary>
    public static async Task<HostProcess> StartAsync(HostSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        var host = new HostProcess(settings);
        return await host.StartedAsync(new HttpProbe(new Uri(settings.Url, "/healthz/ready")), ReadyDelayMax, clock, cancellationToken);
    }

    public static Task<string> AdminKeyAsync(string dataFolder, CancellationToken cancellationToken) =>
        ReadKeyAsync(Path.Combine(dataFolder, "admin.key"), cancellationToken);

    public static async Task<string> ReadKeyAsync(string file, CancellationToken cancellationToken) =>
        (await File.ReadAllTextAsync(file, cancellationToken)).Trim();
}
