using MemoryCluster.Admission;

namespace MemoryCluster.Shards.Snapshots;

/// <summary>Fills a shard's state at opening: from a snapshot where it holds what the record says, else by indexing the record.</summary>
internal sealed class StateLoading
{
    private readonly ShardState _state;
    private readonly IndexSnapshot? _snapshot;
    private readonly Func<MemoryRecord, int> _bitsOf;
    private readonly List<(MemoryRecord Record, Embedding? Embedding)> _changed = [];
    private readonly Dictionary<MemoryId, long> _puts = [];
    private readonly List<(long Seq, MemoryId Id, MemoryUtility Utility)> _counters = [];

    /// <param name="bitsOf">Bits a component that a memory's vector is to be held in where it is indexed anew.</param>
    public StateLoading(ShardState state, IndexSnapshot? snapshot, Func<MemoryRecord, int> bitsOf)
    {
        _state = state;
        _bitsOf = bitsOf;
        _snapshot = snapshot;
        if (snapshot is not null)
        {
            state.Adopt(snapshot);
        }
    }

    /// <summary>Takes a memory, put by a mutation.</summary>
    public void Add(long seq, MemoryRecord record, Embedding? embedding)
    {
        _puts.Add(record.Id, seq);
        if (_snapshot is null)
        {
            _state.Put(record, embedding, DuplicateKeys.Of(record), _bitsOf(record));
        }
        else if (_snapshot.OrdinalOf(record.Id, record.Text) is { } ordinal && _state.Spaces.Holds(ordinal, embedding))
        {
            _state.Restore(record, ordinal, DuplicateKeys.Of(record));
        }
        else
        {
            _changed.Add((record, embedding));
        }
    }

    /// <summary>Takes the counters of a memory, put by a mutation; stores give records in any order.</summary>
    public void Add(long seq, (MemoryId Id, MemoryUtility Utility) counters) => _counters.Add((seq, counters.Id, counters.Utility));

    /// <summary>Forgets what the snapshot holds of memories that are gone or have changed, and indexes the latter; returns how many they are.</summary>
    public int Complete()
    {
        var gone = _snapshot is null ? 0 : _state.FreeUnused();
        foreach (var (record, embedding) in _changed)
        {
            _state.Put(record, embedding, DuplicateKeys.Of(record), _bitsOf(record));
        }

        foreach (var (seq, id, utility) in _counters)
        {
            if (_puts.TryGetValue(id, out var put))
            {
                // A memory that was written after its counters holds later ones.
                _state.Credit(id, seq > put ? utility : _state.Find(id)!.Record.Utility);
            }
        }

        _state.WeighStanding();
        return gone + _changed.Count;
    }
}
