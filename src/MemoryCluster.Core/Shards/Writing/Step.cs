namespace MemoryCluster.Shards.Writing;

/// <summary>What a command decided: an answer at once, a write and then an answer, or to wait for the writes decided before it.</summary>
internal abstract record Step<T>
{
    private Step()
    {
    }

    /// <summary>Nothing to write.</summary>
    public sealed record Answer(T Value) : Step<T>;

    /// <summary>Append first, then apply, then answer.</summary>
    public sealed record Write(IReadOnlyList<ShardMutation> Mutations, Action Apply, T Value) : Step<T>;

    /// <summary>The decision hangs on a write that is decided but not yet durable; ask again after it.</summary>
    public sealed record Wait : Step<T>;
}
