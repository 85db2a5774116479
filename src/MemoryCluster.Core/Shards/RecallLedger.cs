namespace MemoryCluster.Shards;

/// <summary>The recalls that wait for their outcome: in memory, bounded, oldest forgotten first.</summary>
internal sealed class RecallLedger(TimeProvider clock)
{
    // At 200 bytes each, 4 MB a shard; a team that recalls faster than its outcomes arrive loses the oldest.
    private const int NotesMax = 20_000;

    /// <summary>How long an outcome may take: 24 hours.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly Dictionary<RecallId, (RecallNote Note, DateTimeOffset At)> _notes = [];
    private readonly Queue<RecallId> _byAge = new();

    public void Add(RecallNote note)
    {
        while (_notes.Count >= NotesMax && _byAge.TryDequeue(out var oldest))
        {
            _notes.Remove(oldest);
        }

        if (_notes.TryAdd(note.Recall, (note, clock.GetUtcNow())))
        {
            _byAge.Enqueue(note.Recall);
        }
    }

    /// <summary>Those that still wait, the oldest first.</summary>
    public IEnumerable<RecallNote> Export() => _byAge.Select(Find).OfType<RecallNote>();

    public RecallNote? Find(RecallId recall) =>
        _notes.TryGetValue(recall, out var entry) && entry.At + Lifetime > clock.GetUtcNow() ? entry.Note : null;
}
