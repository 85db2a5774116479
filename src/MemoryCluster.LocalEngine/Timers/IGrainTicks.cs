using Orleans.Concurrency;

namespace MemoryCluster.LocalEngine.Timers;

/// <summary>What an activation asks of itself; its methods only carry the attributes and the names.</summary>
internal interface IGrainTicks
{
    [OneWay]
    Task Tick();

    [OneWay, AlwaysInterleave]
    Task TickInterleaved();
}
