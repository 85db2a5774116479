namespace MemoryCluster.LoadTests.Proxy;

/// <summary>What is wrong with one way of a link.</summary>
internal sealed record WayFaults
{
    public static readonly WayFaults None = new();

    /// <summary>Whether bytes are held until the way is whole again, as TCP does where packets are lost.</summary>
    public bool IsCut { get; init; }

    /// <summary>Whether bytes are thrown away. What was dropped from leaves a hole: such a connection is ended when the way is whole again.</summary>
    public bool IsDropping { get; init; }

    /// <summary>How long each byte is on the way.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Added to <see cref="Delay"/>, evenly from nothing to this; bytes stay in order.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>0 for no limit.</summary>
    public long BytesPerSecondMax { get; init; }
}
