namespace MemoryCluster.LoadTests.Scenarios;

/// <summary>What a server is filled with before a load, and who calls it.</summary>
internal sealed record BenchSettings
{
    /// <summary>A folder of data sets whose texts and questions are used; null for invented ones.</summary>
    public string? Corpus { get; init; }

    public int Memories { get; init; } = 10_000;

    public int Teams { get; init; } = 8;

    /// <summary>Connections: as many requests can be under way, so that more arrivals than that wait in the generator, and it counts.</summary>
    public int Callers { get; init; } = 256;

    /// <summary>Load before anything is measured: a fresh process compiles its hot paths for some twenty seconds.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Time at one rate while the capacity is looked for.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromSeconds(4);

    public int Seed { get; init; } = 1;
}
