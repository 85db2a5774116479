namespace MemoryCluster;

/// <summary>What the controller decided of something that a run may have taught, and on what grounds.</summary>
[GenerateSerializer, Immutable, Alias("mc.CandidateDecision")]
public sealed record CandidateDecision
{
    /// <summary>The decision's own id, time-ordered as memories are.</summary>
    [Id(0)]
    public required Guid Id { get; init; }

    [Id(1)]
    public required RunId Run { get; init; }

    /// <summary>The step it comes from, from 0.</summary>
    [Id(2)]
    public required int Step { get; init; }

    [Id(3)]
    public required MemoryKind Kind { get; init; }

    [Id(4)]
    public required Decision Decision { get; init; }

    /// <summary>The gate's calibrated probability that somebody will use it.</summary>
    [Id(5)]
    public required double Probability { get; init; }

    /// <summary>With what probability the gate, exploration included, decided as it did.</summary>
    [Id(6)]
    public required double Propensity { get; init; }

    /// <summary>Whether chance, and not the probability, decided.</summary>
    [Id(7)]
    public bool Explored { get; init; }

    /// <summary>Why, as a stable word.</summary>
    [Id(8)]
    public required string Reason { get; init; }

    /// <summary>What the gate saw, by name and in the order of its weights.</summary>
    [Id(9)]
    public ImmutableArray<NamedValue> Features { get; init; } = [];

    /// <summary>The version of the gate's weights.</summary>
    [Id(10)]
    public long PolicyVersion { get; init; }

    [Id(11)]
    public required DateTimeOffset At { get; init; }

    /// <summary>The memory that was made of it; null where none was, or none is there yet.</summary>
    [Id(12)]
    public MemoryId? Memory { get; init; }

    /// <summary>128 bits of SHA-256 over the memory's text.</summary>
    [Id(13)]
    public Guid TextHash { get; init; }

    /// <summary>The replayer that tests it.</summary>
    [Id(14)]
    public string Replayer { get; init; } = "";

    /// <summary>Each replay with and without it, in order.</summary>
    [Id(15)]
    public ImmutableArray<ReplayPair> Replays { get; init; } = [];

    /// <summary>Replays that did not come about.</summary>
    [Id(19)]
    public ImmutableArray<ReplayFailure> Failures { get; init; } = [];

    /// <summary>The confidence sequence over the replays' differences.</summary>
    [Id(16)]
    public EffectEstimate Effect { get; init; } = EffectEstimate.Unknown;

    /// <summary>What the gate alone made of it: admitted, candidate or rejected.</summary>
    [Id(18)]
    public required Decision GateSaid { get; init; }

    /// <summary>The terms of its test.</summary>
    [Id(17)]
    public required ReplayTerms Terms { get; init; }
}
