namespace MemoryCluster.LocalEngine.Simulation;

internal enum TraceKind
{
    Turn,
    Request,
    Reply,
    Lost,
    Doubled,
    Store,
    Silo,
    Cancel,
}
