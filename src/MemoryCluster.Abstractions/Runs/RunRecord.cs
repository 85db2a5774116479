namespace MemoryCluster;

/// <summary>A run as its team's controller keeps it.</summary>
[GenerateSerializer, Immutable, Alias("mc.RunRecord")]
public sealed record RunRecord
{
    /// <summary>A time-ordered UUID whose last 32 bits are the team's number, as an id of runs.</summary>
    [Id(0)]
    public required RunId Id { get; init; }

    [Id(1)]
    public required TeamId Team { get; init; }

    [Id(2)]
    public required DateTimeOffset At { get; init; }

    [Id(3)]
    public required RunDraft Run { get; init; }

    /// <summary>128 bits of SHA-256 over what the run was made of: task, input, seeds, configuration and model.</summary>
    [Id(4)]
    public required Guid ContextHash { get; init; }

    /// <summary>128 bits of SHA-256 over what its steps and its answer said.</summary>
    [Id(5)]
    public required Guid OutputHash { get; init; }
}
