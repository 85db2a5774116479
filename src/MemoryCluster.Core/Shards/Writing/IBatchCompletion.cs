namespace MemoryCluster.Shards.Writing;

/// <summary>Adds to a batch what its decisions do not hang on and what memory does not hold, right before it is appended.</summary>
internal interface IBatchCompletion
{
    /// <summary>The mutations as they are to be appended; a fault is one of the append, of which nothing was written.</summary>
    ValueTask<IReadOnlyList<ShardMutation>> CompleteAsync(IReadOnlyList<ShardMutation> mutations);
}
