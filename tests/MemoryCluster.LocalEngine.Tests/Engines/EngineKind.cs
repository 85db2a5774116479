namespace MemoryCluster.LocalEngine.Tests.Engines;

public enum EngineKind
{
    Live,
    Simulated,
}
