namespace MemoryCluster.Contract;

/// <summary>What became of one item: with a <see cref="Status"/> below 400 the members of a <see cref="RememberResponse"/>, else those of a <see cref="Problem"/>.</summary>
public sealed record RememberBatchItem
{
    /// <summary>The status that the item would have had alone.</summary>
    public required int Status { get; init; }

    public string? Id { get; init; }

    public Decision? Decision { get; init; }

    public string? Reason { get; init; }

    public int? Version { get; init; }

    public long? Seq { get; init; }

    public string? MergedInto { get; init; }

    public string? Type { get; init; }

    public string? Title { get; init; }

    public string? Code { get; init; }

    public string? Detail { get; init; }

    public string? Field { get; init; }
}
