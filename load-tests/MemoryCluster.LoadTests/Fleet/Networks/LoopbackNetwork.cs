using System.Net;

namespace MemoryCluster.LoadTests.Fleet.Networks;

/// <summary>
/// All silos on the loopback interface. Orleans has its peers call the address and port that a silo listens on, so no proxy stands between
/// two silos here: their links cannot be cut, those to Redis can.
/// </summary>
internal sealed class LoopbackNetwork : IFleetNetwork
{
    public string Description => "the loopback interface, a proxy before Redis for each silo";

    public IPAddress ProxyAddress => IPAddress.Loopback;

    public IPAddress AddressOf(int silo) => IPAddress.Loopback;

    public IReadOnlyList<string> LauncherOf(int silo) => [];

    public Task DeafenAsync(int silo, int to, CancellationToken cancellationToken) => throw NotHere();

    public Task IsolateAsync(int silo, int httpPort, CancellationToken cancellationToken) => throw NotHere();

    public Task HealAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static InvalidOperationException NotHere() => new("On the loopback interface the links between silos cannot be cut.");
}
