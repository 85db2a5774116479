namespace MemoryCluster.Shards;

/// <summary>The memories that consolidation has yet to look at: those changed since its watermark, in the order of their changes, and those freed since.</summary>
internal sealed class DueMemories
{
    private readonly Queue<(long Seq, MemoryId Id)> _changed = new();
    private readonly Queue<MemoryId> _freed = new();
    private bool _isLoaded;

    /// <summary>Every change up to it has been looked at.</summary>
    public long Watermark { get; private set; }

    /// <summary>The change up to which all are looked at once the next one is.</summary>
    public long Reached { get; private set; }

    /// <summary>No fewer than there are: a memory changed twice is named twice.</summary>
    public int Count => _changed.Count + _freed.Count;

    /// <summary>Begins with what a loaded shard holds; what was noted before is forgotten.</summary>
    public void Load(long watermark, IEnumerable<MemoryRecord> memories)
    {
        (Watermark, Reached, _isLoaded) = (watermark, watermark, true);
        _changed.Clear();
        foreach (var memory in memories.Where(memory => memory.Seq > watermark || memory.Course == ConsolidationCourse.Due).OrderBy(memory => memory.Seq))
        {
            Note(memory);
        }
    }

    public void Note(MemoryRecord memory)
    {
        if (!_isLoaded)
        {
            return;
        }

        if (memory.Course == ConsolidationCourse.Due)
        {
            _freed.Enqueue(memory.Id);
        }
        else if (memory.Seq > Watermark)
        {
            _changed.Enqueue((memory.Seq, memory.Id));
        }
    }

    /// <summary>The next to look at; it stays until <see cref="Pass"/>.</summary>
    public MemoryId? Next => _freed.TryPeek(out var freed) ? freed : _changed.TryPeek(out var changed) ? changed.Id : null;

    /// <summary>Has looked at what was <see cref="Next"/>; others may have come meanwhile.</summary>
    public void Pass(MemoryId id)
    {
        if (_freed.TryPeek(out var freed) && freed == id)
        {
            _freed.Dequeue();
        }
        else if (_changed.TryPeek(out var changed) && changed.Id == id)
        {
            _changed.Dequeue();
            Reached = Math.Max(Reached, changed.Seq);
        }
    }

    public void Advance(long seq) => Watermark = Math.Max(Watermark, seq);
}
