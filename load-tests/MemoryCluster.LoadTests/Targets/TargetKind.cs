namespace MemoryCluster.LoadTests.Targets;

/// <summary>What is put under load.</summary>
internal enum TargetKind
{
    /// <summary>One process, started here.</summary>
    Local,

    /// <summary>Silos, a gateway and Redis, started here; the host is built on Orleans.</summary>
    Orleans,

    /// <summary>A server that runs already.</summary>
    Running,
}
