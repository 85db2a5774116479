namespace MemoryCluster;

/// <summary>How far a memory has faded, at the moment it was read.</summary>
/// <param name="Strength">How slowly it fades, 0.1 to 100.</param>
/// <param name="Retention">What is left of it, 0 to 1.</param>
/// <param name="Zone">What follows from that.</param>
/// <param name="IsImmune">Whether the team's policy spares it.</param>
/// <param name="VectorBits">Bits a component that the shard holds its vector in now: 32 (in full), 8, 4 or 2; 0 where it has none.</param>
[GenerateSerializer, Immutable, Alias("mc.MemoryFading")]
public sealed record MemoryFading(
    [property: Id(0)] double Strength, [property: Id(1)] double Retention, [property: Id(2)] MemoryZone Zone, [property: Id(3)] bool IsImmune,
    [property: Id(4)] int VectorBits = 0);
