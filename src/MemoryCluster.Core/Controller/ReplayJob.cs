namespace MemoryCluster.Controller;

/// <summary>
/// A replay that is to be made outside of the cluster. Nothing of it is kept: it follows from the decision and the run, as long as both are there.
/// </summary>
public sealed record ReplayJob
{
    /// <summary>The decision whose memory is tried; with the run and the replayer it names the pair.</summary>
    public required Guid Decision { get; init; }

    /// <summary>The memory that was made of it.</summary>
    public required MemoryId Memory { get; init; }

    public required RunId Run { get; init; }

    public required string Replayer { get; init; }

    public required ReplayRequest Without { get; init; }

    public required ReplayRequest With { get; init; }

    /// <summary>Both requests in the order in which they are sent, which tells nothing of which is which.</summary>
    public ImmutableArray<ReplayRequest> InOrder => string.CompareOrdinal(Without.Id, With.Id) < 0 ? [Without, With] : [With, Without];
}
