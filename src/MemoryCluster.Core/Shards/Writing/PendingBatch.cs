namespace MemoryCluster.Shards.Writing;

/// <summary>The writes decided since the last append: not durable, not applied, so no decision may rest on them.</summary>
internal sealed class PendingBatch(long durableSeq, DateTimeOffset at)
{
    // One append of 256 records of a kilobyte costs about as much as one sync; larger batches only make the first caller wait.
    private const int MutationsMax = 256;
    private const long BytesMax = 4 << 20;

    private readonly List<ShardMutation> _mutations = [];
    private readonly HashSet<Guid> _touched = [];
    private readonly List<Embedding> _embeddings = [];
    private long _bytes;

    public DateTimeOffset At => at;

    public long NextSeq => durableSeq + _mutations.Count + 1;

    public IReadOnlyList<ShardMutation> Mutations => _mutations;

    public bool IsEmpty => _mutations.Count == 0;

    public bool HasRoom => _mutations.Count < MutationsMax && _bytes < BytesMax;

    /// <summary>Vectors of the memories that this batch will add: near-duplicates among them are found after the append.</summary>
    public IReadOnlyList<Embedding> Embeddings => _embeddings;

    /// <summary>Whether a write of this batch concerns the same thing: a record, a duplicate's hash, an idempotent request.</summary>
    public bool Touches(Guid thing) => _touched.Contains(thing);

    public void Touch(Guid thing) => _touched.Add(thing);

    public void Add(Embedding embedding) => _embeddings.Add(embedding);

    public void Add(IReadOnlyList<ShardMutation> mutations)
    {
        foreach (var mutation in mutations)
        {
            _mutations.Add(mutation);
            foreach (var write in mutation.Writes)
            {
                _touched.Add(write.Key.Value);
                _bytes += write.Payload.Length;
            }

            if (mutation.Operation is { } operation)
            {
                _touched.Add(operation.Key);
            }
        }
    }
}
