namespace MemoryCluster.LoadTests.Processes;

/// <summary>How a Redis of ours is started, by the load and by the tests; how each waits for it is its own.</summary>
internal static class RedisProgram
{
    public const string Name = "redis-server";

    /// <summary>On loopback, syncing every write; settings that follow win.</summary>
    public static IEnumerable<string> Arguments(string folder, int port) =>
    [
        "--port", $"{port}", "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--daemonize", "no",
        "--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction",
    ];
}
