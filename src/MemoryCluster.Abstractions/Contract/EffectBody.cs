namespace MemoryCluster.Contract;

/// <summary>A memory's measured effect on the reward, -1 to 1.</summary>
public sealed record EffectBody
{
    /// <summary>Replays that count: those of the memory's own run do not.</summary>
    public required int Pairs { get; init; }

    public required double Mean { get; init; }

    /// <summary>The true mean lies from here…</summary>
    public required double Lower { get; init; }

    /// <summary>…to here, whenever one looks, with the stated confidence.</summary>
    public required double Upper { get; init; }
}
