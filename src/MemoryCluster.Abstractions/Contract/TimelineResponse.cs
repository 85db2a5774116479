namespace MemoryCluster.Contract;

/// <summary>Part of a timeline, in the order of time.</summary>
public sealed record TimelineResponse
{
    public required IReadOnlyList<TimelineNodeBody> Items { get; init; }

    /// <summary>Whether others follow that <c>limit</c> left out: ask for a shorter time, for a higher level, or open a node.</summary>
    public required bool HasMore { get; init; }
}
