namespace MemoryCluster.Contract;

/// <summary>How a team forgets; in a request, what is left out stays as it is.</summary>
public sealed record ForgettingPolicyBody
{
    /// <summary>The unit of time in days, 0.00001 to 36,500: a memory of strength 1 keeps 1/e of itself after one.</summary>
    public double? UnitDays { get; init; }

    /// <summary>Retention from which on down a memory is warm, 0 to 1.</summary>
    public double? WarmBelow { get; init; }

    /// <summary>From which on down it is cold, no more than that.</summary>
    public double? ColdBelow { get; init; }

    /// <summary>From which on down it is archived, no more than that; 0 archives nothing.</summary>
    public double? ArchiveBelow { get; init; }

    /// <summary>Kinds that neither fade nor give way to a budget.</summary>
    public IReadOnlyList<MemoryKind>? ImmuneKinds { get; init; }

    /// <summary>Tags of memories that do not either, at most 32.</summary>
    public IReadOnlyList<string>? ImmuneTags { get; init; }

    /// <summary>Memories that the team may keep unarchived; 0 for any number.</summary>
    public int? RecordsMax { get; init; }

    /// <summary>Bytes that they may take; 0 for any number.</summary>
    public long? BytesMax { get; init; }

    /// <summary>Bits a component that a shard's memory holds the vector of a warm memory in: 32 (in full), 8, 4 or 2.</summary>
    public int? WarmBits { get; init; }

    /// <summary>Those of a cold one, no more than that.</summary>
    public int? ColdBits { get; init; }

    /// <summary>Those of an archived one, no more than that.</summary>
    public int? ArchivedBits { get; init; }
}
