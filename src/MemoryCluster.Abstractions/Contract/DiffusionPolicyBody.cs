namespace MemoryCluster.Contract;

/// <summary>What a team offers to others; in a request, what is left out stays as it is.</summary>
public sealed record DiffusionPolicyBody
{
    /// <summary>Whether its upkeep offers by itself.</summary>
    public bool? Automatic { get; init; }

    /// <summary>Uses in which a memory must have proved itself, 0 to 1,000,000.</summary>
    public int? UsesMin { get; init; }

    /// <summary>The weight that it must have, 0 to 2.</summary>
    public double? WeightMin { get; init; }

    /// <summary>What a copy begins with of its source's weight, 0 to 1.</summary>
    public double? WeightShare { get; init; }

    /// <summary>How near a team's work must be, 0 to 1.</summary>
    public double? NearnessMin { get; init; }

    /// <summary>Teams that a memory is offered to, 0 to 100.</summary>
    public int? TeamsMax { get; init; }

    /// <summary>Kinds that are offered.</summary>
    public IReadOnlyList<MemoryKind>? Kinds { get; init; }

    /// <summary>Uses that confirm a copy received here, 1 to 1,000.</summary>
    public int? ConfirmUsesMin { get; init; }
}
