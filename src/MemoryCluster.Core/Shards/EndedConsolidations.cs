using MemoryCluster.Records;

namespace MemoryCluster.Shards;

/// <summary>The consolidations of a shard that were undone or dispelled, the latest of them. Those in force are told by the memories that they moved.</summary>
internal sealed class EndedConsolidations
{
    /// <summary>How many are kept: about two megabytes.</summary>
    public const int Max = 10_000;

    private readonly SortedDictionary<ConsolidationPlace, ConsolidationEntry> _byEnd = [];

    public IEnumerable<ConsolidationEntry> All => _byEnd.Values;

    public void Add(ConsolidationEntry entry) => _byEnd[PlaceOf(entry)] = entry;

    /// <summary>What to write when one ends: itself, and the oldest away where there are too many.</summary>
    public ImmutableArray<RecordWrite> Writes(ConsolidationEntry entry)
    {
        var write = RecordWrite.Put(EndedConsolidationCodec.KeyOf(entry.Step.Id), EndedConsolidationCodec.Encode(entry));
        return _byEnd.Count < Max ? [write] : [write, RecordWrite.Delete(EndedConsolidationCodec.KeyOf(_byEnd.First().Value.Step.Id))];
    }

    /// <summary>Applies what was written.</summary>
    public void Apply(ConsolidationEntry entry)
    {
        if (_byEnd.Count >= Max)
        {
            _byEnd.Remove(_byEnd.First().Key);
        }

        Add(entry);
    }

    private static ConsolidationPlace PlaceOf(ConsolidationEntry entry) => ConsolidationPlace.Of(entry.EndedAt ?? entry.At, entry.Step.Id);
}
