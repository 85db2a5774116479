using System.Net;
using MemoryCluster.Storage;

namespace MemoryCluster.Host.Serving;

/// <summary>What the command line says about serving.</summary>
internal sealed record ServeOptions
{
    /// <summary>Addresses to listen on, with semicolons between.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";

    /// <summary>The data folder.</summary>
    public string Data { get; init; } = DataFolders.Default;

    /// <summary>Whether callers need a key.</summary>
    public bool Auth { get; init; } = true;

    public TenantId Tenant { get; init; } = new("default");

    /// <summary>Virtual silos of the local engine.</summary>
    public int Silos { get; init; } = 1;

    public StorageKind Store { get; init; } = StorageKind.File;

    /// <summary>The connection string, where the store is Redis.</summary>
    public string? Redis { get; init; }

    /// <summary>Whether a Redis that would lose acknowledged writes is taken all the same.</summary>
    public bool UnsafeRedis { get; init; }

    public HostRole Role { get; init; }

    /// <summary>The address that other processes reach this silo at.</summary>
    public IPAddress Advertise { get; init; } = IPAddress.Loopback;

    /// <summary>Where silos speak with each other.</summary>
    public int SiloPort { get; init; } = 11_111;

    /// <summary>Where gateways reach a silo.</summary>
    public int ClientPort { get; init; } = 30_000;

    /// <summary>The cluster's name in Redis: processes of one name are one cluster.</summary>
    public string Cluster { get; init; } = "memorycluster";

    /// <summary>What this silo is called in logs and in the table of silos; null for a name that the engine makes.</summary>
    public string? Name { get; init; }

    /// <summary>A file with the admin key that the tenant shall have, for several gateways; null to make one in the data folder.</summary>
    public string? AdminKey { get; init; }

    /// <summary>A file whose bytes sign list cursors, the same for every gateway of the cluster; null for cursors that end with the process.</summary>
    public string? CursorSecret { get; init; }

    public bool HasSilo => Role != HostRole.Gateway;

    public bool HasGateway => Role is HostRole.All or HostRole.Gateway;
}
