using Microsoft.Extensions.DependencyInjection;

namespace MemoryCluster.LocalEngine.Tests.Engines;

/// <summary>What a fact wants of its engine beyond the ordinary.</summary>
internal sealed class Setup
{
    public LocalEngineOptions Options { get; init; } = new();

    /// <summary>Services of every silo.</summary>
    public Action<IServiceCollection> Services { get; set; } = static _ => { };

    /// <summary>Services of clients; the live engine has only one set of services, and adds these to it.</summary>
    public Action<IServiceCollection> ClientServices { get; set; } = static _ => { };
}
