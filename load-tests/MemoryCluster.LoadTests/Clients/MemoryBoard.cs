namespace MemoryCluster.LoadTests.Clients;

/// <summary>
/// The memories that clients write, read and change together: few at a time, so that they meet on them, and each for so many operations as a
/// checker can search; what is taken down is looked at once more at the end.
/// </summary>
internal sealed class MemoryBoard(IReadOnlyList<string> teams)
{
    private const int OpenInTeamMax = 24;
    private const int OperationsMax = 600;

    // Somebody shall still look for what was deleted.
    private const int LooksAfterDeletion = 30;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<KnownMemory>> _open = teams.ToDictionary(team => team, _ => new List<KnownMemory>());
    private readonly Dictionary<KnownMemory, int> _deletedAt = [];
    private readonly List<KnownMemory> _all = [];

    public IReadOnlyList<string> Teams => teams;

    /// <summary>Everything that was ever put up.</summary>
    public IReadOnlyList<KnownMemory> All
    {
        get
        {
            lock (_lock)
                return [.. _all];
        }
    }

    public bool HasPlace(string team)
    {
        lock (_lock)
            return _open[team].Count < OpenInTeamMax;
    }

    public void Add(KnownMemory memory)
    {
        lock (_lock)
        {
            _all.Add(memory);
            _open[memory.Team].Add(memory);
        }
    }

    /// <summary>It was deleted, or somebody found it gone.</summary>
    public void Delete(KnownMemory memory)
    {
        lock (_lock)
            _deletedAt.TryAdd(memory, memory.Operations);
    }

    /// <summary>One of a team's memories, which an operation is to be about; null where there is none.</summary>
    public KnownMemory? Take(string team, Random random)
    {
        lock (_lock)
        {
            var open = _open[team];
            while (open.Count > 0)
            {
                var index = random.Next(open.Count);
                if (!IsDone(open[index]))
                    return open[index];
                open.RemoveAt(index);
            }

            return null;
        }
    }

    private bool IsDone(KnownMemory memory) =>
        memory.Operations >= OperationsMax || (_deletedAt.TryGetValue(memory, out var at) && memory.Operations - at > LooksAfterDeletion);
}
