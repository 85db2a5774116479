namespace MemoryCluster.LocalEngine;

/// <summary>One virtual silo.</summary>
public sealed class SiloOptions
{
    /// <summary>The name in logs and messages. Default <c>silo-</c> and the position.</summary>
    public string? Name { get; set; }

    /// <summary>What placement filters read, such as <c>accelerator=gpu</c>. Default empty.</summary>
    public IDictionary<string, string> Metadata { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
