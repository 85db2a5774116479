using System.Runtime.CompilerServices;
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

    // Once per memory and channel: what most of them are is decided where it is asked, the rest elsewhere.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Accepts(int ordinal)
    {
        var trait = _state.Traits.ByOrdinal[ordinal];
        return trait.Presence > _passedOver
            && _labels[trait.Label]
            && ((trait.Presence == SearchTraits.Presence.Always && !_asksRecord) || AcceptsRecord(ordinal, trait.Presence));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool AcceptsRecord(int ordinal, SearchTraits.Presence presence)
    {
        var memory = _state.At(ordinal)!.Record;
        return IsCurrent(memory) && Matches(memory) && (presence != SearchTraits.Presence.Merged || IsStillSaid(memory));
    }

    // What stands for it says until when both are true, and fades for both.
    private bool IsStillSaid(MemoryRecord merged)
    {
        foreach (var entry in _state.StandInsOf(merged))
        {
            var isArchived = _state.Traits.ByOrdinal[entry.Ordinal].Presence == SearchTraits.Presence.Archived;
            if (_labels[entry.Label] && ((isArchived && _passedOver == SearchTraits.Presence.Archived) || !IsCurrent(entry.Record)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// What an accepted memory is shown as: the last that stands for it of those that the caller may see and asked for, else itself. So a
    /// merged memory still lends its words and its vector to what stands for it, and nobody loses sight of it who may not see that.
    /// </summary>
    public int ShownAs(int ordinal) =>
        _state.Traits.ByOrdinal[ordinal].Presence == SearchTraits.Presence.Merged ? LastStandIn(ordinal) : ordinal;

    private int LastStandIn(int merged)
    {
        var shown = merged;
        foreach (var entry in _state.StandInsOf(_state.At(merged)!.Record))
        {
            shown = Accepts(entry.Ordinal) ? entry.Ordinal : shown;
        }

        return shown;
    }

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
            && (ValidToOf(memory) is not { } to || to > asOf);
    }

    // A fact that the caller may not see ends nothing for him.
    private DateTimeOffset? ValidToOf(MemoryRecord memory) =>
        memory.SupersededBy() is { } by && !(_state.Find(by) is { } entry && _labels[entry.Label])
            ? memory.Consolidation!.WasValidTo
            : memory.Times.ValidTo;

    private bool Matches(MemoryRecord memory) =>
        (_query.Kinds.IsEmpty || _query.Kinds.Contains(memory.Kind))
        && (_query.Tags.IsEmpty || _query.Tags.All(memory.Tags.Contains))
        && (_query.OccurredFrom is not { } from || memory.Times.OccurredAt >= from)
        && (_query.OccurredTo is not { } to || memory.Times.OccurredAt <= to);
}
