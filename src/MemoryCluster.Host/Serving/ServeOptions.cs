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
}
