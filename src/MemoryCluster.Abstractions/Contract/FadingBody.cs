namespace MemoryCluster.Contract;

/// <summary>How far a memory has faded.</summary>
public sealed record FadingBody
{
    /// <summary>How slowly it fades, 0.1 to 100: by uses, confirmations, weight and trust.</summary>
    public required double Strength { get; init; }

    /// <summary>What is left of it since it was last written, changed, confirmed or used, 0 to 1.</summary>
    public required double Retention { get; init; }

    public required MemoryZone Zone { get; init; }

    /// <summary>Whether the team's policy spares it.</summary>
    public required bool Immune { get; init; }

    /// <summary>Bits a component that its vector is held in by the memory of its shard: 32 (in full), 8, 4 or 2; 0 where it has no vector.</summary>
    public required int VectorBits { get; init; }
}
