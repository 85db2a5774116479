using MemoryCluster.Forgetting;
using MemoryCluster.Records;

namespace MemoryCluster.Shards;

/// <summary>
/// Has each memory's vector held in the precision of its zone: what faded as a code, what is wanted again in full, read from the store. Nothing
/// durable changes, so that it may end anywhere: what is left over is seen when its turn in the circle comes again. See ADR 15.
/// </summary>
internal sealed class PrecisionWork(ShardState state, IShardStore store)
{
    /// <summary>Vectors that a pass changes: where each is taken out of a graph, some 0.2 s of work.</summary>
    public const int ChangedMax = 512;

    /// <summary>Vectors changed between two appends: a writer waits for no more than them.</summary>
    private const int SliceMax = 64;

    private readonly Queue<MemoryId> _due = new();

    /// <summary>Notes a memory whose vector is to be held in other bits than it is.</summary>
    public void Look(ShardEntry entry, ForgettingPolicy policy, DateTimeOffset now)
    {
        if (_due.Count < ChangedMax && IsDue(entry, policy, now, out _))
        {
            _due.Enqueue(entry.Record.Id);
        }
    }

    /// <summary>The next few that are due, those first that were used or rewritten; empty where there are none.</summary>
    public ImmutableArray<MemoryId> Next()
    {
        var next = ImmutableArray.CreateBuilder<MemoryId>(SliceMax);
        foreach (var id in state.Stirred.Take(SliceMax))
        {
            next.Add(id);
        }

        state.Stirred.ExceptWith(next);
        while (next.Count < SliceMax && _due.TryDequeue(out var id))
        {
            next.Add(id);
        }

        return next.ToImmutable();
    }

    /// <summary>Changes those that still are due; the store is this call's alone, and nothing is applied while it runs.</summary>
    public async ValueTask ChangeAsync(ImmutableArray<MemoryId> ids, ForgettingPolicy policy, DateTimeOffset now)
    {
        var due = new List<(ShardEntry Entry, int Bits)>();
        foreach (var id in ids.Distinct())
        {
            if (state.Find(id) is { } entry && IsDue(entry, policy, now, out var bits))
            {
                due.Add((entry, bits));
            }
        }

        // A code says too little of its vector to make another of: what is not here in full is read.
        var unread = due.Where(change => state.EmbeddingOf(change.Entry) is null).Select(change => change.Entry.Record.Id).ToArray();
        var stored = unread.Length == 0
            ? []
            : unread.Zip(await store.ReadAsync([.. unread.Select(RecordCodec.KeyOf)], CancellationToken.None)).ToDictionary();
        foreach (var (entry, bits) in due)
        {
            var vector = state.EmbeddingOf(entry) ?? VectorOf(stored[entry.Record.Id], entry);
            state.Embed(entry, vector, bits);
        }

        if (due.Count > 0)
        {
            state.Spaces.Trim(SliceMax);
        }
    }

    private bool IsDue(ShardEntry entry, ForgettingPolicy policy, DateTimeOffset now, out int bits)
    {
        bits = ForgettingRules.BitsOf(entry.Record, policy, now);
        return state.Spaces.BitsOf(entry.Ordinal) is > 0 and var held && held != bits;
    }

    private static Embedding VectorOf(StoredRecord? stored, ShardEntry entry) =>
        (stored is { } record ? RecordCodec.DecodeEmbedding(record.Payload) : null)
        ?? throw new MemoryClusterException(MemoryFault.StoreCorrupt, $"The store has lost the vector of memory {entry.Record.Id}, which it held.");
}
