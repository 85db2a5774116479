using MemoryCluster.Index;

namespace MemoryCluster.Shards;

/// <summary>
/// The nearest memories of a memory that a rule lets meet it. The indexes are asked without the rule, for a few more than are wanted: a
/// filter that few pass would have them look at the whole shard.
/// </summary>
internal sealed class NeighbourSearch(ShardState state)
{
    /// <summary>Memories looked at by vector: near-duplicates lie among the very first.</summary>
    private const int VectorDepth = 48;

    private const int LexicalDepth = 16;

    // Words by which neighbours are looked for, and memories that may hold one: what more hold proposes nothing, and would cost with the shard's size.
    private const int RareWords = 8;
    private const int HoldersMax = 256;

    /// <summary>By vector, nearest first, from a similarity on.</summary>
    public List<(ShardEntry Entry, double Similarity)> ByVector(ShardEntry entry, int count, double similarityMin, Func<MemoryRecord, MemoryRecord, bool> mayMeet)
    {
        var found = new List<(ShardEntry, double)>();
        if (!state.Spaces.Own.Contains(entry.Ordinal))
        {
            return found;
        }

        Span<ScoredOrdinal> hits = stackalloc ScoredOrdinal[VectorDepth];
        foreach (var hit in hits[..state.Spaces.Own.Search(state.Spaces.Likeness(entry.Ordinal), hits, default(AcceptAll))])
        {
            if (hit.Score < similarityMin || found.Count == count)
            {
                break;
            }

            if (state.At(hit.Ordinal) is { } other && mayMeet(entry.Record, other.Record))
            {
                found.Add((other, hit.Score));
            }
        }

        return found;
    }

    /// <summary>By the words that few others hold.</summary>
    public IEnumerable<ShardEntry> ByWords(ShardEntry entry, Func<MemoryRecord, MemoryRecord, bool> mayMeet)
    {
        var words = state.Lexical.RareWordsOf(entry.Record.Text, RareWords, HoldersMax);
        if (words.Length == 0)
        {
            return [];
        }

        var hits = new ScoredOrdinal[LexicalDepth];
        var count = state.Lexical.Search(words, hits, default(AcceptAll), withNeighbours: false);
        return hits.Take(count).Select(hit => state.At(hit.Ordinal)).OfType<ShardEntry>().Where(other => mayMeet(entry.Record, other.Record));
    }
}
