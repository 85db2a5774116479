using MemoryCluster.Shards;

namespace MemoryCluster.Timelines;

/// <summary>Which memories were read from which session.</summary>
internal sealed class SessionIndex
{
    private readonly Dictionary<string, HashSet<int>> _holders = new(StringComparer.Ordinal);

    /// <summary>Their ordinals, in no order.</summary>
    public IReadOnlyCollection<int> HoldersOf(string session) => _holders.TryGetValue(session, out var holders) ? holders : [];

    public void Add(ShardEntry entry)
    {
        if (SessionOf(entry) is { } session)
        {
            if (!_holders.TryGetValue(session, out var holders))
            {
                _holders.Add(session, holders = []);
            }

            holders.Add(entry.Ordinal);
        }
    }

    public void Remove(ShardEntry entry)
    {
        if (SessionOf(entry) is { } session && _holders.TryGetValue(session, out var holders) && holders.Remove(entry.Ordinal) && holders.Count == 0)
        {
            _holders.Remove(session);
        }
    }

    private static string? SessionOf(ShardEntry entry) => entry.Record.Provenance.Source?.Session;
}
