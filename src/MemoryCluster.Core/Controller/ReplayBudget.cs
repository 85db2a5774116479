namespace MemoryCluster.Controller;

/// <summary>How many replays a team has left today, by UTC.</summary>
internal sealed class ReplayBudget
{
    private DateOnly _day;
    private int _used;

    public void Load(IEnumerable<ReplayPair> pairs, DateTimeOffset now)
    {
        _day = DayOf(now);
        _used = pairs.Count(pair => DayOf(pair.At) == _day);
    }

    /// <summary>What is left at a moment, to decide with; what was decided is counted by <see cref="Take"/> once it is durable.</summary>
    public Day On(DateTimeOffset at, TeamPolicy policy) => new(Math.Max(0, policy.ReplaysPerDay - (DayOf(at) == _day ? _used : 0)));

    public void Take(IEnumerable<ReplayPair> pairs, DateTimeOffset at)
    {
        if (DayOf(at) != _day)
        {
            (_day, _used) = (DayOf(at), 0);
        }

        _used += pairs.Count();
    }

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    internal sealed class Day(int left)
    {
        private int _left = left;

        public bool HasLeft => _left > 0;

        public bool TryTake() => _left > 0 && _left-- > 0;
    }
}
