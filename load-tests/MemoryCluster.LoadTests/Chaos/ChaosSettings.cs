using MemoryCluster.LoadTests.Processes;

namespace MemoryCluster.LoadTests.Chaos;

/// <summary>How much chaos, on what.</summary>
internal sealed record ChaosSettings
{
    public required StoreKind Store { get; init; }

    public required int Kills { get; init; }

    /// <summary>Decides what is written and when the host is killed; not how the two meet, which is the operating system's part.</summary>
    public required int Seed { get; init; }

    /// <summary>An empty folder for the stores.</summary>
    public required string Folder { get; init; }

    /// <summary>The host's assembly; null for the one built beside this program.</summary>
    public string? HostAssembly { get; init; }

    public int Writers { get; init; } = 8;

    public TimeSpan LifeMin { get; init; } = TimeSpan.FromMilliseconds(150);

    public TimeSpan LifeMax { get; init; } = TimeSpan.FromMilliseconds(1_500);

    /// <summary>Share of the lives that end before the host is ready.</summary>
    public double KilledInStartShare { get; init; } = 0.1;
}
