using System.Globalization;
using System.Runtime.InteropServices;
using MemoryCluster.Shards;

namespace MemoryCluster.Recall;

/// <summary>
/// Which memories stand beside each other in their chat or log: what is said before and after a hit is evidence too. Sources that name no
/// session, and turns without a number, have no neighbours.
/// </summary>
internal sealed class SourceOrder
{
    /// <summary>Turns farther apart by their numbers do not stand beside each other, whatever is missing between them.</summary>
    private const long GapMax = 2;

    /// <summary>Turns that stand around one.</summary>
    public const int AroundCount = 4;

    private readonly Dictionary<(string? Uri, string Session), Session> _sessions = [];
    private readonly Stack<int> _freeNumbers = [];
    private readonly List<Place> _places = [];

    /// <summary>How many numbers sessions have been given; all are below.</summary>
    public int SessionEnd { get; private set; }

    public void Add(ShardEntry entry)
    {
        while (_places.Count <= entry.Ordinal)
        {
            _places.Add(Place.None);
        }

        if (PlaceOf(entry) is not { } place)
        {
            return;
        }

        if (!_sessions.TryGetValue(place.Session, out var session))
        {
            session = new Session(_freeNumbers.TryPop(out var free) ? free : SessionEnd++);
            _sessions.Add(place.Session, session);
        }

        var at = ~session.Turns.BinarySearch(place.Turn);
        session.Turns.Insert(at, place.Turn);
        At(entry.Ordinal) = new Place(session.Number, place.Turn.Number, -1, -1);
        if (at > 0)
        {
            Link(session.Turns[at - 1].Ordinal, entry.Ordinal);
        }

        if (at + 1 < session.Turns.Count)
        {
            Link(entry.Ordinal, session.Turns[at + 1].Ordinal);
        }
    }

    public void Remove(ShardEntry entry)
    {
        if (PlaceOf(entry) is not { } place)
        {
            return;
        }

        var (session, own) = (_sessions[place.Session], At(entry.Ordinal));
        session.Turns.RemoveAt(session.Turns.BinarySearch(place.Turn));
        Link(own.Previous, own.Next);
        At(entry.Ordinal) = Place.None;
        if (session.Turns.Count == 0)
        {
            _sessions.Remove(place.Session);
            _freeNumbers.Push(session.Number);
        }
    }

    /// <summary>The number of a memory's session; -1 for none.</summary>
    public int SessionOf(int ordinal) => At(ordinal).Session;

    /// <summary>Fills in the memories two turns before it, one before, one after and two after; -1 for none so near.</summary>
    public void Around(int ordinal, Span<int> beside)
    {
        var places = CollectionsMarshal.AsSpan(_places);
        var own = places[ordinal];
        beside[1] = own.Previous;
        beside[0] = own.Previous >= 0 ? places[own.Previous].Previous : -1;
        beside[2] = own.Next;
        beside[3] = own.Next >= 0 ? places[own.Next].Next : -1;
        foreach (ref var at in beside)
        {
            at = at >= 0 && Math.Abs(places[at].Number - own.Number) <= GapMax ? at : -1;
        }
    }

    private ref Place At(int ordinal) => ref CollectionsMarshal.AsSpan(_places)[ordinal];

    private void Link(int previous, int next)
    {
        if (previous >= 0)
        {
            At(previous) = At(previous) with { Next = next };
        }

        if (next >= 0)
        {
            At(next) = At(next) with { Previous = previous };
        }
    }

    private static ((string? Uri, string Session) Session, Turn Turn)? PlaceOf(ShardEntry entry) =>
        entry.Record.Provenance.Source is { Session: { } session, Turn: { } turn } source && NumberIn(turn) is { } number
            ? ((source.Uri, session), new Turn(number, entry.Record.Id, entry.Ordinal))
            : null;

    // The last number of a turn's name is its place: 17, "17", "D3:17".
    internal static long? NumberIn(string turn)
    {
        var end = turn.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        var begin = turn.AsSpan(0, end).LastIndexOfAnyExceptInRange('0', '9') + 1;
        return long.TryParse(turn.AsSpan(begin, end - begin), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private readonly record struct Turn(long Number, MemoryId Id, int Ordinal) : IComparable<Turn>
    {
        public int CompareTo(Turn other) => Number.CompareTo(other.Number) is not 0 and var byNumber ? byNumber : Id.CompareTo(other.Id);
    }

    private readonly record struct Place(int Session, long Number, int Previous, int Next)
    {
        public static Place None => new(-1, 0, -1, -1);
    }

    private sealed class Session(int number)
    {
        public int Number { get; } = number;

        public List<Turn> Turns { get; } = [];
    }
}
