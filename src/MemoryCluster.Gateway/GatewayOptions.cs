using System.ComponentModel.DataAnnotations;

namespace MemoryCluster.Gateway;

/// <summary>What the gateway lets in, and for whom.</summary>
public sealed class GatewayOptions
{
    /// <summary>Whether a key is needed. Default true; without, every caller is an admin of the first of <see cref="Tenants"/>.</summary>
    public bool AuthRequired { get; set; } = true;

    /// <summary>Tenants whose keys are taken; a key that claims another is refused before anything is asked or made for it. Default: <c>default</c>.</summary>
    [MinLength(1)]
    public IList<string> Tenants { get; } = ["default"];

    /// <summary>
    /// Names under which callers may reach the gateway beside the loopback ones, without a port, against DNS rebinding; <c>*</c> takes
    /// every name, for a gateway behind a proxy that checks them. Default: none.
    /// </summary>
    public IList<string> Hosts { get; } = [];

    /// <summary>How long an accepted key is believed without asking its tenant again; a revocation is in force within 1 s. Default 500 ms, at most 900 ms.</summary>
    public TimeSpan KeyValidity { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Accepted keys that are remembered: past it all are asked anew. Default 4,096, some 2 MB.</summary>
    [Range(1, 1_000_000)]
    public int KeysRememberedMax { get; set; } = 4_096;

    /// <summary>
    /// Secret that signs list cursors, at least 32 bytes; gateways of one cluster share it. Default: random, so that cursors end with the
    /// process.
    /// </summary>
    public ReadOnlyMemory<byte> CursorSecret { get; set; }

    /// <summary>How long a list cursor is taken. Default 1 hour.</summary>
    public TimeSpan CursorLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Bytes that the bodies of all requests in progress may take together; a request past it is refused as overloaded. Default 256 MB:
    /// four of the largest batches, whose pooled arrays are twice their length.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long BodyBytesTogetherMax { get; set; } = 8L * GatewayLimits.BatchBytesMax;

    /// <summary>When requests are refused at the door because those inside wait too long. Section <c>Gateway:Shedding</c>.</summary>
    public SheddingOptions Shedding { get; } = new();

    /// <summary>How long the readiness probe waits for the tenant's directory. Default 2 s.</summary>
    public TimeSpan ReadyTimeout { get; set; } = TimeSpan.FromSeconds(2);
}
