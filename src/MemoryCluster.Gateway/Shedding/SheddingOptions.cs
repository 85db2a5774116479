namespace MemoryCluster.Gateway;

/// <summary>When the gateway refuses requests at its door, before it reads them, because those inside wait too long.</summary>
public sealed class SheddingOptions
{
    /// <summary>Whether it does. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// How long a request inside may wait: its time less the least time that its route took of late. Where more than half of the requests
    /// wait longer, fewer are let in. Default 50 ms; above 0, at most 10 s.
    /// </summary>
    public TimeSpan DelayTarget { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Requests that are always let in together, however long they wait: as many as a store's group commit gathers. Default 32.</summary>
    public int ConcurrencyMin { get; set; } = 32;

    /// <summary>Requests that are let in together at most, however short they wait: it bounds memory where the cluster stands still. Default 1,024.</summary>
    public int ConcurrencyMax { get; set; } = 1_024;

    /// <summary>How long delays are gathered before the limit is set anew. Default 100 ms, CoDel's interval (RFC 8289, section 4.3); 1 ms to 10 s.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMilliseconds(100);

    internal bool IsValid() => DelayTarget > TimeSpan.Zero && DelayTarget <= TimeSpan.FromSeconds(10)
        && Interval >= TimeSpan.FromMilliseconds(1) && Interval <= TimeSpan.FromSeconds(10)
        && ConcurrencyMin >= 1 && ConcurrencyMax >= ConcurrencyMin;
}
