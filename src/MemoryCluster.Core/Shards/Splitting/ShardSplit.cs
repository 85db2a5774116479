using MemoryCluster.Records;
using MemoryCluster.Sharding;

namespace MemoryCluster.Shards.Splitting;

/// <summary>Which of a shard's records go where while it is split in two, and what is still to be handed over.</summary>
/// <remarks>
/// Memories that stand for one another, or were made of one another, go together, whatever their placements: deleting or undoing either side is
/// one walk over both. Copies of other teams' memories stay in the lower half, where the team's first shard is.
/// </remarks>
internal sealed class ShardSplit
{
    private readonly ShardState _state;
    private readonly uint _middle;
    private readonly Dictionary<MemoryId, bool> _isUpper = [];
    private readonly Queue<MemoryId> _memories;
    private readonly Queue<RecordKey> _others;
    private readonly Dictionary<RecordKey, bool> _changed = [];
    private readonly Queue<OperationEntry> _operations;

    public ShardSplit(ShardState state, uint middle, IEnumerable<OperationEntry> operations, IEnumerable<RecordKey> erased)
    {
        _state = state;
        _middle = middle;
        PlaceAll();
        _memories = new Queue<MemoryId>(state.Entries.Select(entry => entry.Record.Id).Order());
        _others = new Queue<RecordKey>(
        [
            WatermarkCodec.Key,
            .. state.ClosedRuns.Select(ClosedRunCodec.KeyOf),
            .. state.Ended.All.Select(entry => EndedConsolidationCodec.KeyOf(entry.Step.Id)),
        ]);
        _operations = new Queue<OperationEntry>(operations);
        foreach (var key in erased)
        {
            _changed[key] = true;
        }
    }

    /// <summary>How much is still to be handed over, roughly.</summary>
    public int Remaining => _memories.Count + _others.Count + _operations.Count + _changed.Count;

    /// <summary>Takes note of what became durable while the split is under way.</summary>
    public void Note(IReadOnlyList<ShardMutation> mutations)
    {
        foreach (var mutation in mutations)
        {
            foreach (var write in mutation.Writes)
            {
                _changed[write.Key] = write.Kind == WriteKind.Erase || (write.Kind == WriteKind.Delete && _changed.GetValueOrDefault(write.Key));
            }

            if (mutation.Operation is { } operation)
            {
                _operations.Enqueue(operation);
            }
        }
    }

    /// <summary>The next keys to hand over; with each memory that of its counters, which may have none.</summary>
    public IReadOnlyList<RecordKey> NextKeys(int max)
    {
        var keys = new List<RecordKey>(max);
        while (keys.Count + 1 < max && _memories.TryDequeue(out var id))
        {
            // what has been deleted since was noted as such
            if (_state.Find(id) is not null)
            {
                keys.Add(RecordCodec.KeyOf(id));
                keys.Add(UtilityCodec.KeyOf(id));
            }
        }

        while (keys.Count < max && _others.TryDequeue(out var key))
        {
            keys.Add(key);
        }

        return keys;
    }

    /// <summary>The keys of what has changed since it was handed over, or before; a memory's with that of its counters.</summary>
    public IReadOnlyList<(RecordKey Key, bool IsErased)> NextChanges(int max)
    {
        var taken = new List<(RecordKey, bool)>(max);
        foreach (var key in _changed.Keys.Take(max).ToArray())
        {
            if (!_changed.Remove(key, out var isErased))
            {
                continue;
            }

            taken.Add((key, isErased));
            // a memory and its counters go together: of the two, those hold that were written later
            var twin = UtilityCodec.KeyOf(new MemoryId(key.Value));
            var isMemory = _state.Find(new MemoryId(key.Value)) is not null || _state.Find(new MemoryId(twin.Value)) is not null;
            if (isMemory)
            {
                taken.Add((twin, _changed.Remove(twin, out var isTwinErased) && isTwinErased));
            }
        }

        return taken;
    }

    public IReadOnlyList<OperationEntry> NextOperations(int max)
    {
        var taken = new List<OperationEntry>(Math.Min(max, _operations.Count));
        while (taken.Count < max && _operations.TryDequeue(out var operation))
        {
            taken.Add(operation);
        }

        return taken;
    }

    /// <summary>Where a stored record goes: to one half, to both, or, as what is derived anew, to none.</summary>
    public (bool ToLower, bool ToUpper) SidesOf(RecordKey key, ReadOnlyMemory<byte> payload)
    {
        if (ClosedRunCodec.Is(payload) || EndedConsolidationCodec.Is(payload) || key == WatermarkCodec.Key)
        {
            return (true, true);
        }

        if (WrittenSummaryCodec.Is(payload))
        {
            return (false, false);
        }

        var id = UtilityCodec.Is(payload) ? UtilityCodec.Decode(payload).Id : new MemoryId(key.Value);
        // what has come since stands for itself: nothing is consolidated while a shard is split
        if (!_isUpper.TryGetValue(id, out var isUpper) && _state.Find(id) is { } entry)
        {
            _isUpper[id] = isUpper = IsUpper(entry.Record);
        }

        return (!isUpper, isUpper);
    }

    private static IEnumerable<MemoryId> RelationsOf(MemoryRecord memory)
    {
        if (memory.Consolidation is { } mark)
        {
            yield return mark.By;
        }

        foreach (var id in memory.Provenance.DerivedFrom.Concat(memory.Standing is { } standing ? standing.Merged.Concat(standing.Superseded) : []))
        {
            yield return id;
        }
    }

    // A group's place is that of its earliest member.
    private void PlaceAll()
    {
        var leaders = new Dictionary<MemoryId, MemoryId>();
        foreach (var entry in _state.Entries)
        {
            foreach (var related in RelationsOf(entry.Record).Where(id => _state.Find(id) is not null))
            {
                var (a, b) = (LeaderOf(entry.Record.Id), LeaderOf(related));
                leaders[a < b ? b : a] = a < b ? a : b;
            }
        }

        var copies = _state.Entries.Where(entry => entry.Record.Diffusion is not null).Select(entry => LeaderOf(entry.Record.Id)).ToHashSet();
        foreach (var entry in _state.Entries)
        {
            var leader = LeaderOf(entry.Record.Id);
            _isUpper[entry.Record.Id] = !copies.Contains(leader) && IsUpper(_state.Find(leader)!.Record);
        }

        MemoryId LeaderOf(MemoryId id)
        {
            while (leaders.TryGetValue(id, out var next) && next != id)
            {
                id = next;
            }

            return id;
        }
    }

    private bool IsUpper(MemoryRecord memory) => memory.Diffusion is null && PlacementHash.Of(memory) >= _middle;
}
