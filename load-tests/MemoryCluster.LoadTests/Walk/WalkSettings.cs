namespace MemoryCluster.LoadTests.Walk;

/// <summary>What is loaded and how long it is measured.</summary>
internal sealed record WalkSettings
{
    /// <summary>The folder of data sets.</summary>
    public required string Corpus { get; init; }

    /// <summary>Where the host keeps its data and the disk's floor is measured: on the disk that is meant.</summary>
    public required string WorkFolder { get; init; }

    /// <summary>The host's assembly; null for the one built beside this program.</summary>
    public string? HostAssembly { get; init; }

    /// <summary>A server that runs already and whose data lies on the disk of <see cref="WorkFolder"/>; null to start the host.</summary>
    public Uri? Url { get; init; }

    /// <summary>The file with that server's admin key.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Turns and passages held while recalls are measured.</summary>
    public int Memories { get; init; } = 50_000;

    public int Teams { get; init; } = 8;

    /// <summary>How often floors and readings alternate; medians and spreads are over these.</summary>
    public int Rounds { get; init; } = 7;

    /// <summary>Callers of the throughput figures.</summary>
    public int Callers { get; init; } = 64;

    /// <summary>Time for one reading within a round.</summary>
    public TimeSpan Slice { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Time at one rate while the capacity is looked for.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Recalls before any is measured. A fresh process compiles its hot paths anew, by what it has seen of them, for about that long.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Writes before any is measured, for the same reason; they go to teams of their own, so that the measured ones do not grow.</summary>
    public int WarmUpWrites { get; init; } = 30_000;

    /// <summary>Time at half of the capacity.</summary>
    public TimeSpan HalfCapacity { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Writes of one round at most: the store should stay about as large as it was loaded.</summary>
    public int WritesInRoundMax { get; init; } = 2_500;

    public int Seed { get; init; } = 1;
}
