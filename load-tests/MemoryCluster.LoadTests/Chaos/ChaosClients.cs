using MemoryCluster.Client;

namespace MemoryCluster.LoadTests.Chaos;

/// <summary>The clients of one host. Those of the writers never repeat a call themselves: a writer wants to see every outcome.</summary>
internal sealed class ChaosClients(Uri url, string key) : IDisposable
{
    private static readonly MemoryClusterClientOptions Once = new() { RetriesMax = 0, AttemptTimeout = TimeSpan.FromSeconds(20) };

    public MemoryClusterClient Keyed { get; } = new(url, key, Once);

    public MemoryClusterClient Unkeyed { get; } = new(url, key, Once with { MakeIdempotencyKeys = false });

    /// <summary>For those who only look.</summary>
    public MemoryClusterClient Patient { get; } = new(url, key);

    public void Dispose()
    {
        Patient.Dispose();
        Keyed.Dispose();
        Unkeyed.Dispose();
    }
}
