using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MemoryCluster.TestKit.Stores;

/// <summary>A redis-server of the tests' own on a free loopback port, which syncs every write, in a folder that goes with it.</summary>
public sealed class RedisServerFixture : IAsyncLifetime, IDisposable
{
    public const string MissingReason = "redis-server is not on the PATH (Debian: apt-get install redis-server).";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private Process? _server;

    public static string? ServerPath { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "redis-server"))
        .FirstOrDefault(File.Exists);

    public int Port { get; private set; }

    public string ConnectionString => $"127.0.0.1:{Port},allowAdmin=true";

    public async Task InitializeAsync()
    {
        if (ServerPath is null)
            return;
        Port = FreePort();
        await StartAsync();
    }

    public Task DisposeAsync()
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        if (_server is null)
            return;
        Kill();
        _server = null;
        _folder.Dispose();
    }

    /// <summary>Starts it on the same port and data; ready when the call returns.</summary>
    public async Task StartAsync(params string[] settings)
    {
        string[] arguments =
        [
            "--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _folder.Path, "--appendonly", "yes", "--appendfsync", "always",
            "--save", "", "--maxmemory-policy", "noeviction", "--daemonize", "no", .. settings,
        ];
        var start = new ProcessStartInfo(ServerPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        _server = Process.Start(start) ?? throw new InvalidOperationException("redis-server did not start.");
        using var deadline = new CancellationTokenSource(StartTimeout);
        await ReadyAsync(_server.StandardOutput, deadline.Token);
    }

    /// <summary>SIGKILL: the server gets no chance to write anything more.</summary>
    public void Kill()
    {
        _server!.Kill();
        _server.WaitForExit();
        _server.Dispose();
    }

    private static async Task ReadyAsync(StreamReader output, CancellationToken cancellationToken)
    {
        var seen = new StringBuilder();
        while (await output.ReadLineAsync(cancellationToken) is { } line)
        {
            seen.AppendLine(line);
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
                return;
        }

        throw new InvalidOperationException($"redis-server ended before it was ready:\n{seen}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
