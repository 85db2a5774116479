namespace MemoryCluster;

/// <summary>How a team forgets: what fades, how fast, and what its budget holds. What is forgotten is archived, never lost.</summary>
[GenerateSerializer, Immutable, Alias("mc.ForgettingPolicy")]
public sealed record ForgettingPolicy
{
    private static readonly ImmutableArray<string> Core = ["core"];

    /// <summary>The unit of time in days, 0.00001 to 36,500: a memory of strength 1 keeps 1/e of itself after one. Default 180.</summary>
    [Id(0)]
    public double UnitDays { get; init; } = 180;

    /// <summary>Retention from which on down a memory is warm, 0 to 1. Default 0.8 (SuperLocalMemory, algorithms §6.3).</summary>
    [Id(1)]
    public double WarmBelow { get; init; } = 0.8;

    /// <summary>From which on down it is cold, 0 to <see cref="WarmBelow"/>. Default 0.5.</summary>
    [Id(2)]
    public double ColdBelow { get; init; } = 0.5;

    /// <summary>From which on down it is archived, 0 to <see cref="ColdBelow"/>; 0 archives nothing. Default 0.2.</summary>
    [Id(3)]
    public double ArchiveBelow { get; init; } = 0.2;

    /// <summary>Kinds that neither fade nor give way to a budget. Default none.</summary>
    [Id(4)]
    public ImmutableArray<MemoryKind> ImmuneKinds { get; init; } = [];

    /// <summary>Tags of memories that do not either, at most 32. Default "core".</summary>
    [Id(5)]
    public ImmutableArray<string> ImmuneTags { get; init; } = Core;

    /// <summary>Memories that the team may keep unarchived, up to 10,000,000; 0 for any number. Default 0.</summary>
    [Id(6)]
    public int RecordsMax { get; init; }

    /// <summary>Bytes that they may take, texts with their vectors, up to 10^15; 0 for any number. Default 0.</summary>
    [Id(7)]
    public long BytesMax { get; init; }

    /// <summary>
    /// Bits a component that a shard holds the vector of a warm memory in: 32, 8, 4 or 2. Default 32, in full. What is durable stays in full, and so
    /// is what a shard holds of a memory that is wanted again.
    /// </summary>
    [Id(8)]
    public int WarmBits { get; init; } = 32;

    /// <summary>That of a cold one, no more than <see cref="WarmBits"/>. Default 32.</summary>
    [Id(9)]
    public int ColdBits { get; init; } = 32;

    /// <summary>
    /// That of an archived one, no more than <see cref="ColdBits"/>. Default 8: a recall that does not ask for the archived does not score them.
    /// </summary>
    [Id(10)]
    public int ArchivedBits { get; init; } = 8;
}
