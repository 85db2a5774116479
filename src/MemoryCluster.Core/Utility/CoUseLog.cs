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

    private readonly Dictionary<MemoryId[], CoUse> _sets = new(SameIds.Comparer);
    private readonly Dictionary<MemoryId, Member> _members = [];
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

        var places = new Member?[used.Length];
        for (var i = 0; i < used.Length; i++)
        {
            if (_members.TryGetValue(used[i], out var member))
            {
                places[i] = member;
                member.Place = i;
            }
        }

        foreach (var first in places)
        {
            for (var i = (first?.Leads.Count ?? 0) - 1; i >= Math.Max(0, (first?.Leads.Count ?? 0) - SetsPerMember); i--)
            {
                var set = first!.Leads[i];
                if (set.Members.Length < used.Length && PlacesOf(set.Members) is not 0 and var members)
                {
                    found.Add(new Coalition(members, set.Outcomes, set.Rewards / set.Outcomes));
                }
            }
        }

        foreach (var member in places)
        {
            member?.Place = -1;
        }
    }

    private static ulong PlacesOf(Member[] members)
    {
        var places = 0UL;
        foreach (var member in members)
        {
            if (member.Place < 0)
            {
                return 0;
            }

            places |= 1UL << member.Place;
        }

        return places;
    }

    private CoUse FindOrAdd(MemoryId[] ids)
    {
        if (!_sets.TryGetValue(ids, out var set))
        {
            set = new CoUse(ids, Array.ConvertAll(ids, Join));
            _sets.Add(ids, set);
            set.Members[0].Leads.Add(set);
        }

        return set;
    }

    private Member Join(MemoryId id)
    {
        if (!_members.TryGetValue(id, out var member))
        {
            _members.Add(id, member = new Member());
        }

        member.Sets++;
        return member;
    }

    private void Drop((CoUse Set, double Reward) oldest)
    {
        var set = oldest.Set;
        set.Outcomes--;
        set.Rewards -= oldest.Reward;
        if (set.Outcomes > 0)
        {
            return;
        }

        _sets.Remove(set.Ids);
        set.Members[0].Leads.Remove(set);
        for (var i = 0; i < set.Members.Length; i++)
        {
            if (--set.Members[i].Sets == 0)
            {
                _members.Remove(set.Ids[i]);
            }
        }
    }

    private sealed class CoUse(MemoryId[] ids, Member[] members)
    {
        public MemoryId[] Ids { get; } = ids;

        public Member[] Members { get; } = members;

        public int Outcomes { get; set; }

        public double Rewards { get; set; }
    }

    /// <summary>A memory in the log.</summary>
    private sealed class Member
    {
        /// <summary>How many sets have it.</summary>
        public int Sets { get; set; }

        /// <summary>The sets whose first it is.</summary>
        public List<CoUse> Leads { get; } = [];

        /// <summary>Where it stands among those used that are asked about; -1 between two questions.</summary>
        public int Place { get; set; } = -1;
    }

    private sealed class SameIds : IEqualityComparer<MemoryId[]>
    {
        public static readonly SameIds Comparer = new();

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
