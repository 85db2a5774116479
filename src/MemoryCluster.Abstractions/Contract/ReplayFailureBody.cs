namespace MemoryCluster.Contract;

/// <summary>A replay that did not come about: it counts neither for a memory nor against it.</summary>
public sealed record ReplayFailureBody
{
    /// <summary>The memory that was tried; absent in its own certificate.</summary>
    public string? MemoryId { get; init; }

    /// <summary>The run that was to be replayed.</summary>
    public required string RunId { get; init; }

    /// <summary>Why, as a stable word.</summary>
    public required string Reason { get; init; }

    /// <summary>Requests that were sent, or tried to be.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it was given up.</summary>
    public required DateTimeOffset At { get; init; }
}
