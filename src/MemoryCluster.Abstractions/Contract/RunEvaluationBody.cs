namespace MemoryCluster.Contract;

/// <summary>How what a run taught is to be tested.</summary>
public sealed record RunEvaluationBody
{
    /// <summary>The replayer; default <c>evidence</c>.</summary>
    public string? Replayer { get; init; }

    /// <summary>The right answer, at most 32,768 bytes.</summary>
    public string? Expected { get; init; }
}
