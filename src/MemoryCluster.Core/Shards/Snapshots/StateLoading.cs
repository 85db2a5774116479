using MemoryCluster.Admission;

namespace MemoryCluster.Shards.Snapshots;

/// <summary>Fills a shard's state at opening: from a snapshot where it holds what the record says, else by indexing the record.</summary>
internal sealed class StateLoading
{
    private readonly ShardState _state;
    private readonly IndexSnapshot? _snapshot;
    private readonly List<(MemoryRecord Record, Embedding? Embedding)> _changed = [];

    public StateLoading(ShardState state, IndexSnapshot? snapshot)
    {
        _state = state;
        _snapshot = snapshot;
        if (snapshot is not null)
        {
            state.Adopt(snapshot);
        }
    }

    public void Add(MemoryRecord record, Embedding? embedding)
    {
        if (_snapshot is null)
        {
            _state.Put(record, embedding);
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

    /// <summary>Forgets what the snapshot holds of memories that are gone or have changed, and indexes the latter; returns how many they are.</summary>
    public int Complete()
    {
        var gone = _snapshot is null ? 0 : _state.FreeUnused();
        foreach (var (record, embedding) in _changed)
        {
            _state.Put(record, embedding);
        }

        return gone + _changed.Count;
    }
}
