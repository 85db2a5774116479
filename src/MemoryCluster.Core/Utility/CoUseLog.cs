namespace MemoryCluster.Utility;

/// <summary>
/// Which memories earlier outcomes used together, and what they earned: the last 4,096 outcomes, kept by distinct set. A restart reads
/// it again from the answers of the last 24 hours.
/// </summary>
internal sealed class CoUseLog
{
    /// <summary>Larger sets are not logged: next to no later outcome holds all of one and more besides.</summary>
    public const int MembersMax = 16;

    // At about 200 bytes each, under a megabyte a shard.
    private const int OutcomesMax = 4_096;

    // Sets looked at for each memory used: what bounds an outcome's cost.
    private const int SetsPerMember = 8;
    private const int UsedMax = 64;

    private readonly Dictionary<MemoryId[], CoUse> _sets = new(Members.Comparer);
    private readonly Dictionary<MemoryId, List<CoUse>> _byFirst = [];
    private readonly Queue<(CoUse Set, double Reward)> _byAge = new();

    /// <summary>Counts an outcome.</summary>
    public void Add(ImmutableArray<MemoryId> used, double reward)
    {
        if (used.IsDefaultOrEmpty || used.Length > MembersMax)
        {
            return;
        }

        var set = FindOrAdd([.. used.Distinct().Order()]);
        set.Outcomes++;
        set.Rewards += reward;
        _byAge.Enqueue((set, reward));
        if (_byAge.Count > OutcomesMax)
        {
            Drop(_byAge.Dequeue());
        }
    }

    /// <summary>The logged sets that are part of <paramref name="used"/> and not all of it.</summary>
    public void Collect(ReadOnlySpan<MemoryId> used, List<Coalition> found)
    {
        if (used.Length is < 2 or > UsedMax)
        {
            return;
        }

        foreach (var first in used)
        {
            if (!_byFirst.TryGetValue(first, out var sets))
            {
                continue;
            }

            for (var i = sets.Count - 1; i >= Math.Max(0, sets.Count - SetsPerMember); i--)
            {
                if (sets[i].Ids.Length < used.Length && PlacesOf(sets[i].Ids, used) is not 0 and var places)
                {
                    found.Add(new Coalition(places, sets[i].Outcomes, sets[i].Rewards / sets[i].Outcomes));
                }
            }
        }
    }

    private static ulong PlacesOf(MemoryId[] ids, ReadOnlySpan<MemoryId> used)
    {
        var places = 0UL;
        foreach (var id in ids)
        {
            var place = used.IndexOf(id);
            if (place < 0)
            {
                return 0;
            }

            places |= 1UL << place;
        }

        return places;
    }

    private CoUse FindOrAdd(MemoryId[] ids)
    {
        if (!_sets.TryGetValue(ids, out var set))
        {
            set = new CoUse(ids);
            _sets.Add(ids, set);
            if (!_byFirst.TryGetValue(ids[0], out var sets))
            {
                _byFirst.Add(ids[0], sets = []);
            }

            sets.Add(set);
        }

        return set;
    }

    private void Drop((CoUse Set, double Reward) oldest)
    {
        oldest.Set.Outcomes--;
        oldest.Set.Rewards -= oldest.Reward;
        if (oldest.Set.Outcomes > 0)
        {
            return;
        }

        _sets.Remove(oldest.Set.Ids);
        var sets = _byFirst[oldest.Set.Ids[0]];
        sets.Remove(oldest.Set);
        if (sets.Count == 0)
        {
            _byFirst.Remove(oldest.Set.Ids[0]);
        }
    }

    private sealed class CoUse(MemoryId[] ids)
    {
        public MemoryId[] Ids { get; } = ids;

        public int Outcomes { get; set; }

        public double Rewards { get; set; }
    }

    private sealed class Members : IEqualityComparer<MemoryId[]>
    {
        public static readonly Members Comparer = new();

        public bool Equals(MemoryId[]? x, MemoryId[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(MemoryId[] ids)
        {
            var hash = default(HashCode);
            foreach (var id in ids)
            {
                hash.Add(id);
            }

            return hash.ToHashCode();
        }
    }
}
