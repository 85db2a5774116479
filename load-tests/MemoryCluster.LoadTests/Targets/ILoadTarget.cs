namespace MemoryCluster.LoadTests.Targets;

/// <summary>A server under load.</summary>
internal interface ILoadTarget : IAsyncDisposable
{
    /// <summary>What it is, for the report.</summary>
    string Description { get; }

    Uri Url { get; }

    /// <summary>A key of every scope.</summary>
    string Key { get; }

    /// <summary>Names and ids of its processes as they are now; none of a server that was not started here.</summary>
    IReadOnlyList<(string Name, int Id)> Processes { get; }

    /// <summary>Kills one of its processes by SIGKILL, starts it again and waits until it serves; what it was.</summary>
    Task<string> KillOneAsync(Random random, CancellationToken cancellationToken);
}
