using System.Net;

namespace MemoryCluster.LoadTests.Fleet.Networks;

/// <summary>How the silos of a fleet reach each other, and how that is broken.</summary>
internal interface IFleetNetwork : IAsyncDisposable
{
    /// <summary>For the report.</summary>
    string Description { get; }

    /// <summary>Where proxies listen that silos connect to.</summary>
    IPAddress ProxyAddress { get; }

    /// <summary>A silo's own address; silos are numbered from 1.</summary>
    IPAddress AddressOf(int silo);

    /// <summary>What a silo's process is started by; empty for nothing.</summary>
    IReadOnlyList<string> LauncherOf(int silo);

    /// <summary>A silo does not hear another one any more; it is heard by it.</summary>
    Task DeafenAsync(int silo, int to, CancellationToken cancellationToken);

    /// <summary>A silo neither hears nor is heard by anybody, but for its HTTP port, by which it is watched.</summary>
    Task IsolateAsync(int silo, int httpPort, CancellationToken cancellationToken);

    /// <summary>Everybody hears everybody.</summary>
    Task HealAsync(CancellationToken cancellationToken);
}
