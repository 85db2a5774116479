using Orleans.Concurrency;

namespace MemoryCluster.LocalEngine.Runtime;

/// <summary>What the engine asks of an activation on its own account; the methods only carry the names and the attributes.</summary>
internal interface IOwnRequests
{
    [OneWay]
    Task Tick();

    [OneWay, AlwaysInterleave]
    Task TickInterleaved();

    [OneWay]
    Task ReceiveFromStream();
}
