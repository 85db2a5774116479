using MemoryCluster.Consolidation;
using MemoryCluster.Records;
using MemoryCluster.Shards;

namespace MemoryCluster.Summaries;

/// <summary>
/// What a model has worded in a shard, found by what it is of and by the memories that it tells of. The text of a worded insight is its own; here
/// is only which insights wait for one.
/// </summary>
internal sealed class WrittenSummaries
{
    /// <summary>How many are kept, the latest: some ten megabytes with the memories that they name.</summary>
    public const int Max = 2_000;

    /// <summary>Memories that one may be of: what its record names and a deletion looks through stays bounded.</summary>
    public const int SourcesMax = 512;

    private readonly Dictionary<Guid, WrittenSummary> _byContent = [];
    private readonly Dictionary<Guid, Guid> _contentOf = [];
    private readonly Dictionary<MemoryId, HashSet<Guid>> _telling = [];
    private readonly SortedSet<(DateTimeOffset At, Guid Content)> _byAge = [];
    private readonly SortedSet<MemoryId> _extracted = [];
    private readonly HashSet<MemoryId> _worded = [];

    /// <summary>Insights and nodes that a model has worded.</summary>
    public int Written => _worded.Count + _byContent.Count - Refused;

    public int Refused { get; private set; }

    /// <summary>Insights of our making that say what they say in their sources' sentences.</summary>
    public SortedSet<MemoryId> Extracted => _extracted;

    public WrittenSummary? Find(Guid content) => _byContent.GetValueOrDefault(content);

    /// <summary>Those that tell of a memory.</summary>
    public IEnumerable<WrittenSummary> TellingOf(MemoryId id) => _telling.TryGetValue(id, out var contents) ? contents.Select(content => _byContent[content]) : [];

    /// <summary>A memory has come or stands otherwise.</summary>
    public void Note(MemoryRecord memory)
    {
        var isMade = PairRules.IsMade(memory);
        Keep(_worded, memory.Id, isMade && memory.Written is not null);
        Keep(_extracted, memory.Id, isMade && memory.Written is null && memory.State is MemoryState.Active or MemoryState.Candidate);
    }

    /// <summary>A memory is gone, or says something else: nothing tells of it any more.</summary>
    public void Forget(MemoryId id)
    {
        _worded.Remove(id);
        _extracted.Remove(id);
        foreach (var summary in TellingOf(id).ToList())
        {
            Remove(summary);
        }
    }

    /// <summary>What to write where one comes: itself, and away with what it takes the place of and the oldest where there are too many.</summary>
    public ImmutableArray<RecordWrite> Writes(WrittenSummary summary) =>
    [
        RecordWrite.Put(WrittenSummaryCodec.KeyOf(summary.Content), WrittenSummaryCodec.Encode(summary)),
        .. Ousted(summary).Select(ousted => RecordWrite.Delete(WrittenSummaryCodec.KeyOf(ousted))),
    ];

    /// <summary>Applies what was written.</summary>
    public void Apply(WrittenSummary summary)
    {
        foreach (var ousted in Ousted(summary))
        {
            Remove(_byContent[ousted]);
        }

        Add(summary);
    }

    public void Add(WrittenSummary summary)
    {
        if (Find(summary.Content) is { } before)
        {
            Remove(before);
        }

        _byContent.Add(summary.Content, summary);
        _contentOf[summary.What] = summary.Content;
        _byAge.Add((summary.Written.At, summary.Content));
        Refused += summary.Refusal is null ? 0 : 1;
        foreach (var source in summary.Sources)
        {
            if (!_telling.TryGetValue(source.Id, out var contents))
            {
                _telling.Add(source.Id, contents = []);
            }

            contents.Add(summary.Content);
        }
    }

    private ImmutableArray<Guid> Ousted(WrittenSummary summary)
    {
        if (_contentOf.TryGetValue(summary.What, out var before) && before != summary.Content)
        {
            return [before];
        }

        return _byContent.Count >= Max && !_byContent.ContainsKey(summary.Content) ? [_byAge.Min.Content] : [];
    }

    private void Remove(WrittenSummary summary)
    {
        _byContent.Remove(summary.Content);
        _byAge.Remove((summary.Written.At, summary.Content));
        Refused -= summary.Refusal is null ? 0 : 1;
        if (_contentOf.GetValueOrDefault(summary.What) == summary.Content)
        {
            _contentOf.Remove(summary.What);
        }

        foreach (var source in summary.Sources)
        {
            if (_telling.TryGetValue(source.Id, out var contents) && contents.Remove(summary.Content) && contents.Count == 0)
            {
                _telling.Remove(source.Id);
            }
        }
    }

    private static void Keep(ISet<MemoryId> ids, MemoryId id, bool isIn)
    {
        if (isIn)
        {
            ids.Add(id);
        }
        else
        {
            ids.Remove(id);
        }
    }
}
