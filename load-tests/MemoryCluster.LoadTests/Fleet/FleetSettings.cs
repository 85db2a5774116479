using MemoryCluster.LoadTests.Processes;

namespace MemoryCluster.LoadTests.Fleet;

/// <summary>How large a fleet is, and what happens to it.</summary>
internal sealed record FleetSettings
{
    public required int Silos { get; init; }

    /// <summary>How often a silo is killed.</summary>
    public required int Kills { get; init; }

    /// <summary>How often a silo is frozen for a while, as a machine is that pauses.</summary>
    public required int Freezes { get; init; }

    /// <summary>How often Redis is killed.</summary>
    public required int RedisKills { get; init; }

    /// <summary>Decides what is written and what happens to whom; not how the two meet, which is the operating system's part.</summary>
    public required int Seed { get; init; }

    /// <summary>An empty folder for Redis and the gateway.</summary>
    public required string Folder { get; init; }

    /// <summary>The host's assembly, built on Orleans; null for the one built beside this program.</summary>
    public string? HostAssembly { get; init; }

    public int Writers { get; init; } = 8;

    public int Teams { get; init; } = 6;

    public TimeSpan LifeMin { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan LifeMax { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan FreezeMin { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan FreezeMax { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longer out of service is a violation.</summary>
    public TimeSpan OutageMax { get; init; } = TimeSpan.FromSeconds(60);

    public HostSettings Host(string name, string redis, params string[] further)
    {
        var host = new HostSettings { DataFolder = Path.Combine(Folder, name), Store = StoreKind.Redis, Redis = redis, Further = further };
        return HostAssembly is null ? host : host with { Assembly = HostAssembly };
    }
}
