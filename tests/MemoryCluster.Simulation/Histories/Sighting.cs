using System.Globalization;

namespace MemoryCluster.Simulations.Histories;

/// <summary>A memory as somebody was shown it.</summary>
internal sealed record Sighting
{
    public required MemoryId Id { get; init; }

    public required int Version { get; init; }

    public required Wording Wording { get; init; }

    public required Origin Origin { get; init; }

    /// <summary>Its text at version 1, where it can be told.</summary>
    public string? FirstText { get; init; }

    /// <summary>Outcomes that count as uses of it.</summary>
    public long Uses { get; init; }

    /// <summary>The memories that it stands for, which lists and recalls then pass over.</summary>
    public ImmutableArray<MemoryId> StandsFor { get; init; } = [];

    /// <summary>Whether it is archived.</summary>
    public bool IsArchived { get; init; }

    /// <summary>The memories that it was made of.</summary>
    public ImmutableArray<MemoryId> DerivedFrom { get; init; } = [];

    /// <summary>The agents that it passed through beside the one it comes from.</summary>
    public ImmutableArray<AgentId> OtherAgents { get; init; } = [];

    /// <summary>Whether consolidation made it and nobody has reworded it since.</summary>
    public bool IsMade => DerivedFrom.Any(StandsFor.Contains);

    /// <summary>The memory of another team whose general form it is.</summary>
    public MemoryId? CopyOf { get; init; }

    public static Sighting Of(MemoryRecord memory) => new()
    {
        Id = memory.Id,
        Version = memory.Version,
        Wording = new Wording(memory.Text, memory.Visibility),
        Origin = new Origin(memory.Team, memory.Provenance.Agents[0], memory.Provenance.User, memory.Provenance.Run, memory.Provenance.Resources),
        Uses = memory.Utility.Uses,
        CopyOf = memory.Diffusion?.Source,
        IsArchived = memory.State == MemoryState.Archived,
        FirstText = memory.Version == 1 ? memory.Text : memory.Revisions.FirstOrDefault(revision => revision.Version == 1)?.Text,
        StandsFor = memory.Standing?.Merged ?? [],
        DerivedFrom = memory.Provenance.DerivedFrom,
        OtherAgents = memory.Provenance.Agents[1..],
    };

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Id} v{Version} \"{Wording.Text}\" {Wording.Visibility} of {Origin}");
}
