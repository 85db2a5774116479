namespace MemoryCluster.Host.Serving;

/// <summary>What a process of the cluster does.</summary>
internal enum HostRole
{
    /// <summary>Grains and HTTP in one process.</summary>
    All,

    /// <summary>Grains; over HTTP health and metrics alone.</summary>
    Silo,

    /// <summary>A silo with an accelerator: embedding goes there before it goes elsewhere.</summary>
    Gpu,

    /// <summary>HTTP; its grains are on the silos.</summary>
    Gateway,
}
