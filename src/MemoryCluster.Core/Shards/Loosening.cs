using MemoryCluster.Consolidation;

namespace MemoryCluster.Shards;

/// <summary>
/// What follows for the memories that consolidation has bound together when some of them go or change: what stood for others lets them go,
/// what was made of a memory goes with it, and what counted its evidence counts again.
/// </summary>
/// <remarks>Deletion, change and undoing are one walk, so that none of them leaves a half behind. It reads applied state and changes nothing.</remarks>
internal sealed class Loosening(ShardState state)
{
    private readonly Dictionary<MemoryId, MemoryRecord> _rewritten = [];
    private readonly HashSet<MemoryId> _gone = [];
    private readonly HashSet<MemoryId> _unwanted = [];
    private readonly Queue<MemoryId> _going = new();

    /// <summary>Every memory that goes, those that were asked for first.</summary>
    public ImmutableArray<MemoryId> Gone { get; private set; } = [];

    /// <summary>Those that stay and change.</summary>
    public IReadOnlyCollection<MemoryRecord> Rewritten => _rewritten.Values;

    /// <summary>Everything that it concerns, for a look at what is being written.</summary>
    public IEnumerable<MemoryId> Touched => Gone.Concat(_rewritten.Keys);

    /// <summary>Some memories go for good. Who deletes an insight does not want to meet it again: what it was made of is left alone from then on.</summary>
    public static Loosening OfErasing(ShardState state, ImmutableArray<MemoryId> ids)
    {
        var loosening = new Loosening(state);
        loosening._unwanted.UnionWith(ids);
        loosening.Erase(ids);
        return loosening;
    }

    /// <summary>Some insights make room for others.</summary>
    public static Loosening OfReplacing(ShardState state, ImmutableArray<MemoryId> insights)
    {
        var loosening = new Loosening(state);
        loosening.Erase(insights);
        return loosening;
    }

    /// <summary>A memory no longer says what it said: nothing stands for it, and it stands for nothing.</summary>
    public static Loosening OfChanging(ShardState state, MemoryRecord memory)
    {
        var loosening = new Loosening(state);
        loosening.LetGo(memory);
        loosening.Detach(memory);
        loosening.Erase([]);
        loosening.Free(memory.Id, null);
        return loosening;
    }

    /// <summary>Nothing goes.</summary>
    public static Loosening OfNothing(ShardState state) => new(state);

    /// <summary>Some memories stand for themselves again, and are left alone from now on.</summary>
    public static Loosening OfUndoing(ShardState state, IReadOnlyCollection<MemoryRecord> memories)
    {
        var loosening = new Loosening(state);
        foreach (var memory in memories)
        {
            loosening.Detach(memory);
        }

        loosening.Erase([]);
        foreach (var memory in memories)
        {
            loosening.Free(memory.Id, ConsolidationCourse.Apart);
        }

        return loosening;
    }

    /// <summary>The memory as it is to be written: as another step of the walk left it, else as it stands.</summary>
    public MemoryRecord? Current(MemoryId id) =>
        _gone.Contains(id) ? null : _rewritten.TryGetValue(id, out var rewritten) ? rewritten : state.Find(id)?.Record;

    /// <summary>Has some of what stays written otherwise, for its caller binds it anew.</summary>
    public void Override(IEnumerable<MemoryRecord> memories)
    {
        foreach (var memory in memories)
        {
            _rewritten[memory.Id] = memory;
        }
    }

    /// <summary>The writes of all that stays.</summary>
    /// <param name="but">One that its caller writes otherwise.</param>
    public ImmutableArray<RecordWrite> Puts(MemoryId? but = null) =>
        [.. _rewritten.Values.Where(record => record.Id != but).Select(state.Rewritten)];

    /// <summary>Applies what stays.</summary>
    public void Apply()
    {
        foreach (var record in _rewritten.Values)
        {
            state.Touch(record);
            if (record.Course == ConsolidationCourse.Due)
            {
                state.Due.Note(record);
            }
        }
    }

    private void Erase(ImmutableArray<MemoryId> ids)
    {
        foreach (var id in ids)
        {
            Go(id);
        }

        var gone = ImmutableArray.CreateBuilder<MemoryId>();
        while (_going.TryDequeue(out var id))
        {
            gone.Add(id);
            if (state.Find(id)?.Record is { } memory)
            {
                LetGo(memory);
                Detach(memory);
            }
        }

        Gone = gone.ToImmutable();
        foreach (var id in _gone)
        {
            _rewritten.Remove(id);
        }
    }

    private void Go(MemoryId id)
    {
        if (_gone.Add(id))
        {
            _going.Enqueue(id);
        }
    }

    // What it stands for stands for itself; what it supersedes is true again as long as it was said to be.
    private void LetGo(MemoryRecord memory)
    {
        // an insight that goes because one of its sources does may be made again of the others
        var course = _unwanted.Contains(memory.Id) && PairRules.IsMade(memory) && !memory.Provenance.DerivedFrom.Any(_unwanted.Contains)
            ? ConsolidationCourse.Apart
            : ConsolidationCourse.Due;
        foreach (var id in memory.Standing is { } standing ? standing.Merged.Concat(standing.Superseded) : [])
        {
            Free(id, course);
        }

        if (memory.Standing is not null && Current(memory.Id) is { } own)
        {
            _rewritten[memory.Id] = own with { Standing = null };
        }
    }

    // What stands for it counts without it; what was made of it goes, for its text lives on there.
    private void Detach(MemoryRecord memory)
    {
        if (memory.Consolidation is not { } mark || Current(mark.By) is not { } by)
        {
            return;
        }

        if (by.Provenance.DerivedFrom.Contains(memory.Id))
        {
            Go(mark.By);
            return;
        }

        var standing = by.Standing ?? new MemoryStanding();
        standing = standing with { Merged = standing.Merged.Remove(memory.Id), Superseded = standing.Superseded.Remove(memory.Id) };
        _rewritten[by.Id] = WithStanding(by, standing, Current);
        for (var above = by.MergedInto(); above is { } id && Current(id) is { Standing: { } own } next; above = next.MergedInto())
        {
            _rewritten[id] = WithStanding(next, own, Current);
        }
    }

    private void Free(MemoryId id, ConsolidationCourse? course)
    {
        if (Current(id) is { } memory)
        {
            _rewritten[id] = memory.Consolidation is { } mark
                ? memory with
                {
                    State = memory.State == MemoryState.Merged ? mark.WasState : memory.State, Times = memory.Times with { ValidTo = ValidToOf(memory, mark) }, Consolidation = null, Course = course,
                }
                : memory with { Course = course ?? memory.Course };
        }
    }

    private static DateTimeOffset? ValidToOf(MemoryRecord memory, ConsolidationMark mark) =>
        mark.Reason == ConsolidationReason.Superseded ? mark.WasValidTo : memory.Times.ValidTo;

    /// <summary>A memory with what it stands for, its evidence counted anew.</summary>
    public static MemoryRecord WithStanding(MemoryRecord memory, MemoryStanding standing, Func<MemoryId, MemoryRecord?> find)
    {
        if (standing.Merged.IsEmpty && standing.Superseded.IsEmpty)
        {
            return memory with { Standing = null };
        }

        var confirmations = EvidenceUnion.Added(memory, AllMerged(standing, find));
        return memory with { Standing = standing with { Confirmations = confirmations } };
    }

    private static IEnumerable<MemoryRecord> AllMerged(MemoryStanding standing, Func<MemoryId, MemoryRecord?> find) =>
        standing.Merged.Select(find).OfType<MemoryRecord>()
            .SelectMany(memory => memory.Standing is { } own ? AllMerged(own, find).Prepend(memory) : [memory]);
}
