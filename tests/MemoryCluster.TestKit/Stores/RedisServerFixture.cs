using System.Diagnostics;
using System.Text;
using MemoryCluster.LoadTests.Processes;

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
        .Select(folder => Path.Combine(folder, RedisProgram.Name))
        .FirstOrDefault(File.Exists);

    public int Port { get; private set; }

    public string ConnectionString => $"127.0.0.1:{Port},allowAdmin=true";

    public async Task InitializeAsync()
    {
        if (ServerPath is null)
            return;
        Port = LoopbackPort.Free();
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
        var start = new ProcessStartInfo(ServerPath!, RedisProgram.Arguments(_folder.Path, Port).Concat(settings))
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
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
}
