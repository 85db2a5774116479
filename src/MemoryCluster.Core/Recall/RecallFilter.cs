using MemoryCluster.Access;
using MemoryCluster.Index;
using MemoryCluster.Shards;

namespace MemoryCluster.Recall;

/// <summary>What a search may score: decided per label once, per memory for the rest, before any scoring.</summary>
internal readonly struct RecallFilter : IOrdinalFilter
{
    private readonly ShardState _state;
    private readonly RecallQuery _query;
    private readonly bool[] _labels;
    private readonly DateTimeOffset _now;
    private readonly SearchTraits.Presence _passedOver;
    private readonly bool _asksRecord;

    public RecallFilter(ShardState state, RecallQuery query, AccessView access, DateTimeOffset now)
    {
        _state = state;
        _query = query;
        _now = now;
        _passedOver = query.IncludeArchived ? SearchTraits.Presence.Withheld : SearchTraits.Presence.Archived;
        _asksRecord = !query.Kinds.IsEmpty || !query.Tags.IsEmpty || query.OccurredFrom is not null || query.OccurredTo is not null;
        _labels = new bool[state.Labels.Count];
        for (var label = 0; label < _labels.Length; label++)
        {
            var example = state.Labels.Example(label);
            _labels[label] = InScope(example, query) && access.MaySee(example);
        }
    }

    public bool Accepts(int ordinal)
    {
        var trait = _state.Traits.ByOrdinal[ordinal];
        return trait.Presence > _passedOver
            && _labels[trait.Label]
            && ((trait.Presence == SearchTraits.Presence.Always && !_asksRecord) || AcceptsRecord(_state.At(ordinal)!.Record))
            && (trait.Presence != SearchTraits.Presence.Merged || !IsStoodFor(_state.At(ordinal)!.Record));
    }

    // Whoever may not see what stands for a memory, or did not ask for it, still finds the memory itself.
    private bool IsStoodFor(MemoryRecord memory)
    {
        var filter = this;
        return _state.StandInsOf(memory).Any(entry =>
            filter._state.Traits.ByOrdinal[entry.Ordinal].Presence > SearchTraits.Presence.Withheld
            && filter._labels[entry.Label]
            && filter.AcceptsRecord(entry.Record));
    }

    private bool AcceptsRecord(MemoryRecord memory) => IsCurrent(memory) && Matches(memory);

    // Of a foreign team's shard only what is shared is asked for, whatever else the caller could see there.
    private static bool InScope(MemoryRecord memory, RecallQuery query) => memory.Visibility switch
    {
        Visibility.Private => query.Scopes.HasFlag(RecallScopes.Private) && memory.Team == query.Team,
        Visibility.Team => query.Scopes.HasFlag(RecallScopes.Team) && memory.Team == query.Team,
        Visibility.Shared => query.Scopes.HasFlag(RecallScopes.Shared),
        Visibility.Unspecified => false,
        _ => throw new ArgumentOutOfRangeException(nameof(memory), memory.Visibility, "A new visibility needs a rule here."),
    };

    private bool IsCurrent(MemoryRecord memory)
    {
        var times = memory.Times;
        var asOf = _query.AsOf ?? _now;
        return (times.ExpiresAt is not { } expires || expires > _now)
            && (times.ValidFrom is not { } from || from <= asOf)
            && (times.ValidTo is not { } to || to > asOf);
    }

    private bool Matches(MemoryRecord memory) =>
        (_query.Kinds.IsEmpty || _query.Kinds.Contains(memory.Kind))
        && (_query.Tags.IsEmpty || _query.Tags.All(memory.Tags.Contains))
        && (_query.OccurredFrom is not { } from || memory.Times.OccurredAt >= from)
        && (_query.OccurredTo is not { } to || memory.Times.OccurredAt <= to);
}
