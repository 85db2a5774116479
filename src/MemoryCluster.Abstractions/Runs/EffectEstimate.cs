namespace MemoryCluster;

/// <summary>What replays have shown of a memory's effect on the reward, -1 to 1.</summary>
/// <param name="Pairs">Replays that count: those of the memory's own run do not.</param>
/// <param name="Mean">Mean difference between with and without.</param>
/// <param name="Lower">From here…</param>
/// <param name="Upper">…to here lies the true mean, whenever one looks, with the policy's confidence.</param>
[GenerateSerializer, Immutable, Alias("mc.EffectEstimate")]
public sealed record EffectEstimate(
    [property: Id(0)] int Pairs, [property: Id(1)] double Mean, [property: Id(2)] double Lower, [property: Id(3)] double Upper)
{
    /// <summary>Nothing was replayed.</summary>
    public static EffectEstimate Unknown { get; } = new(0, 0, -1, 1);
}
