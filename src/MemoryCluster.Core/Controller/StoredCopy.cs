namespace MemoryCluster.Controller;

/// <summary>What a team's own runs have shown of a memory that another team offered. The text stays in its shard.</summary>
internal sealed record StoredCopy
{
    public required MemoryId Copy { get; init; }

    /// <summary>As it stands by its replays: a candidate, admitted, or quarantined.</summary>
    public Decision Decision { get; init; } = Decision.Candidate;

    public string Reason { get; init; } = "";

    /// <summary>128 bits of SHA-256 over the text that was replayed: another text is another test.</summary>
    public required Guid TextHash { get; init; }

    /// <summary>The latest run that was looked at; empty before the first.</summary>
    public string ReadTo { get; init; } = "";

    /// <summary>The terms of its test, fixed with the first replay.</summary>
    public required ReplayTerms Terms { get; init; }

    public ImmutableArray<ReplayPair> Replays { get; init; } = [];

    public EffectEstimate Effect { get; init; } = EffectEstimate.Unknown;

    public DateTimeOffset At { get; init; }

    /// <summary>The weight that its shard is told with the decision.</summary>
    public double Weight { get; init; }

    /// <summary>Counts the decisions that its shard must hear of: each is carried out once.</summary>
    public int Revision { get; init; }

    /// <summary>The revision that has been carried out.</summary>
    public int Done { get; init; }

    public bool IsPending => Done < Revision;
}
