namespace MemoryCluster;

/// <summary>What a team offers to others, and to whom.</summary>
[GenerateSerializer, Immutable, Alias("mc.DiffusionPolicy")]
public sealed record DiffusionPolicy
{
    private static readonly ImmutableArray<MemoryKind> Advice = [MemoryKind.Procedure, MemoryKind.Insight, MemoryKind.Lesson];

    /// <summary>Whether its upkeep offers by itself; else only who asks for a pass. What was offered is withdrawn in any case. Default true.</summary>
    [Id(0)]
    public bool Automatic { get; init; } = true;

    /// <summary>Uses in which a memory must have proved itself, 0 to 1,000,000. Default 3.</summary>
    [Id(1)]
    public int UsesMin { get; init; } = 3;

    /// <summary>The weight that it must have, 0 to 2. Default 1.2.</summary>
    [Id(2)]
    public double WeightMin { get; init; } = 1.2;

    /// <summary>What a copy begins with of its source's weight, 0 to 1. Default 0.5 (SEDM's alpha_g, algorithms §1.1).</summary>
    [Id(3)]
    public double WeightShare { get; init; } = 0.5;

    /// <summary>How near a team's work must be, 0 to 1: half of it an equal domain, half the likeness of its memories. Default 0.4.</summary>
    [Id(4)]
    public double NearnessMin { get; init; } = 0.4;

    /// <summary>Teams that a memory is offered to, 0 to 100. Default 8.</summary>
    [Id(5)]
    public int TeamsMax { get; init; } = 8;

    /// <summary>Kinds that are offered. Default procedures, insights and lessons: a fact without its names says nothing.</summary>
    [Id(6)]
    public ImmutableArray<MemoryKind> Kinds { get; init; } = Advice;

    /// <summary>Uses that confirm a copy received here, half of them where two teams offer the same, 1 to 1,000. Default 2.</summary>
    [Id(7)]
    public int ConfirmUsesMin { get; init; } = 2;
}
