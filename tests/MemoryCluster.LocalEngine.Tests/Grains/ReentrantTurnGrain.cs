using Orleans.Concurrency;

namespace MemoryCluster.LocalEngine.Tests.Grains;

/// <summary>Lets everything in at its awaits.</summary>
[Reentrant]
internal sealed class ReentrantTurnGrain(Log log) : TurnGrain(log);
