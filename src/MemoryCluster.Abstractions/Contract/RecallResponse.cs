namespace MemoryCluster.Contract;

/// <summary>The answer to a recall.</summary>
public sealed record RecallResponse
{
    /// <summary>By which the outcome is reported.</summary>
    public required string RecallId { get; init; }

    public required double TookMs { get; init; }

    /// <summary>Whether a shard or a channel that should have been searched was not.</summary>
    public required bool Partial { get; init; }

    public required int ShardsAsked { get; init; }

    public required int ShardsAnswered { get; init; }

    /// <summary>Best first.</summary>
    public required IReadOnlyList<RecallHitBody> Hits { get; init; }
}
