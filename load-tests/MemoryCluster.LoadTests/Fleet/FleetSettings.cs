using MemoryCluster.LoadTests.Processes;

namespace MemoryCluster.LoadTests.Fleet;

/// <summary>How large a fleet is, and what happens to it.</summary>
internal sealed record FleetSettings
{
    public required int Silos { get; init; }

    /// <summary>How often a silo is killed.</summary>
    public int Kills { get; init; }

    /// <summary>How often a silo is frozen for a while, as a machine is that pauses.</summary>
    public int Freezes { get; init; }

    /// <summary>How often Redis is killed.</summary>
    public int RedisKills { get; init; }

    /// <summary>How often links are cut, each of <see cref="PartitionKinds"/>.</summary>
    public int Partitions { get; init; }

    public IReadOnlyList<PartitionKind> PartitionKinds { get; init; } = Enum.GetValues<PartitionKind>();

    /// <summary>How often all silos are stopped by SIGTERM and started again, one after the other.</summary>
    public int Upgrades { get; init; }

    /// <summary>The host's assembly that every other upgrade goes to, and the next one comes back from; null for the same.</summary>
    public string? NextAssembly { get; init; }

    /// <summary>Decides what is written and what happens to whom; not how the two meet, which is the operating system's part.</summary>
    public required int Seed { get; init; }

    /// <summary>An empty folder for Redis, the gateway and the history of a run that failed.</summary>
    public required string Folder { get; init; }

    /// <summary>The host's assembly, built on Orleans; null for the one built beside this program.</summary>
    public string? HostAssembly { get; init; }

    /// <summary>Writes a second, and reads a second beside them, as far as the cluster answers.</summary>
    public int Rate { get; init; } = 200;

    public int Writers { get; init; } = 16;

    public int Readers { get; init; } = 16;

    public int Teams { get; init; } = 6;

    public TimeSpan LifeMin { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan LifeMax { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan FreezeMin { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan FreezeMax { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan PartitionMin { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan PartitionMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longer out of service, counted from where a fault is over where it lasts, is a violation.</summary>
    public TimeSpan OutageMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A silo that does not reach Redis says by then that it is not ready.</summary>
    public TimeSpan UnreadyMax { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>A client repeats for this long what may be repeated.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Whether a link between silos is cut, which the loopback interface cannot do.</summary>
    public bool CutsSilos => Partitions > 0 && PartitionKinds.Any(kind => kind != PartitionKind.Redis);

    public HostSettings Host(string name, string redis, params string[] further)
    {
        var host = new HostSettings { DataFolder = Path.Combine(Folder, name), Store = StoreKind.Redis, Redis = redis, Further = further };
        return HostAssembly is null ? host : host with { Assembly = HostAssembly };
    }
}
