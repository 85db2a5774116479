namespace MemoryCluster.Shards;

/// <summary>What one decision changes: all of it becomes durable, or none.</summary>
public sealed record ShardMutation
{
    /// <summary>One more than that of the mutation before it.</summary>
    public required long Seq { get; init; }

    public required DateTimeOffset At { get; init; }

    public ImmutableArray<RecordWrite> Writes { get; init; } = [];

    /// <summary>The idempotent request it answers, if any.</summary>
    public OperationEntry? Operation { get; init; }
}
