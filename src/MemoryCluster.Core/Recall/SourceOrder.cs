using System.Globalization;
using MemoryCluster.Shards;

namespace MemoryCluster.Recall;

/// <summary>
/// Which memories stand beside each other in their chat or log: what is said before and after a hit is evidence too. Sources that name no
/// session, and turns without a number, have no neighbours.
/// </summary>
internal sealed class SourceOrder
{
    private readonly Dictionary<(string? Uri, string Session), List<Turn>> _sessions = [];

    public void Add(ShardEntry entry)
    {
        if (PlaceOf(entry) is not { } place)
        {
            return;
        }

        if (!_sessions.TryGetValue(place.Session, out var turns))
        {
            _sessions.Add(place.Session, turns = []);
        }

        turns.Insert(~turns.BinarySearch(place.Turn), place.Turn);
    }

    public void Remove(ShardEntry entry)
    {
        if (PlaceOf(entry) is not { } place)
        {
            return;
        }

        var turns = _sessions[place.Session];
        turns.RemoveAt(turns.BinarySearch(place.Turn));
        if (turns.Count == 0)
        {
            _sessions.Remove(place.Session);
        }
    }

    /// <summary>Writes the turns at most <paramref name="reach"/> numbers away to <paramref name="around"/>, in order; 0 to 2 × reach.</summary>
    public int Around(ShardEntry entry, int reach, Span<(int Ordinal, int Offset)> around)
    {
        if (PlaceOf(entry) is not { } place)
        {
            return 0;
        }

        var turns = _sessions[place.Session];
        var at = turns.BinarySearch(place.Turn);
        var count = 0;
        for (var offset = -reach; offset <= reach; offset++)
        {
            if (offset != 0 && at + offset >= 0 && at + offset < turns.Count && Math.Abs(turns[at + offset].Number - place.Turn.Number) <= reach)
            {
                around[count++] = (turns[at + offset].Ordinal, offset);
            }
        }

        return count;
    }

    private static ((string? Uri, string Session) Session, Turn Turn)? PlaceOf(ShardEntry entry) =>
        entry.Record.Provenance.Source is { Session: { } session, Turn: { } turn } source && NumberIn(turn) is { } number
            ? ((source.Uri, session), new Turn(number, entry.Record.Id, entry.Ordinal))
            : null;

    // The last number of a turn's name is its place: 17, "17", "D3:17".
    private static long? NumberIn(string turn)
    {
        var end = turn.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        var begin = turn.AsSpan(0, end).LastIndexOfAnyExceptInRange('0', '9') + 1;
        return long.TryParse(turn.AsSpan(begin, end - begin), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private readonly record struct Turn(long Number, MemoryId Id, int Ordinal) : IComparable<Turn>
    {
        public int CompareTo(Turn other) => Number.CompareTo(other.Number) is not 0 and var byNumber ? byNumber : Id.CompareTo(other.Id);
    }
}
