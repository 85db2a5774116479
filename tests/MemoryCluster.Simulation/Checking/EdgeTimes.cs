using MemoryCluster.Simulations.Histories;

namespace MemoryCluster.Simulations.Checking;

/// <summary>When each access edge may have stood, as far as those who changed them were told.</summary>
/// <remarks>Changes of one edge are made one after another. One of unknown outcome may come to pass at any later time.</remarks>
internal sealed class EdgeTimes
{
    private readonly Dictionary<AccessEdge, List<(long From, long To)>> _times = [];

    public EdgeTimes(History history)
    {
        foreach (var edge in history.Edges)
        {
            _times[edge] = [(long.MinValue, long.MaxValue)];
        }

        foreach (var changes in history.Of<EdgeCall>().OrderBy(call => call.Start).GroupBy(call => call.Edge))
        {
            _times[changes.Key] = Times(history.Edges.Contains(changes.Key), changes);
        }
    }

    /// <summary>The largest sets of edges that may have stood at some moment of the span: at its start, and at every grant within.</summary>
    public IEnumerable<IReadOnlySet<AccessEdge>> PossibleWithin(long start, long end)
    {
        var moments = _times.Values.SelectMany(times => times).Select(time => time.From).Where(from => from > start && from <= end);
        return moments.Prepend(start).Distinct().Select(At);
    }

    private HashSet<AccessEdge> At(long moment) =>
        [.. _times.Where(pair => pair.Value.Any(time => time.From <= moment && moment <= time.To)).Select(pair => pair.Key)];

    private static List<(long From, long To)> Times(bool standsAtFirst, IEnumerable<EdgeCall> changes)
    {
        var times = new List<(long From, long To)>();
        long? since = standsAtFirst ? long.MinValue : null;
        var mayComeBack = false;
        foreach (var change in changes.Where(change => change.IsOk || change.IsOpen(mayDouble: false)))
        {
            if (change.IsGrant)
            {
                since ??= change.Start;
                mayComeBack |= !change.IsOk;
            }
            else if (change.IsOk && !mayComeBack && since is { } from)
            {
                times.Add((from, change.End));
                since = null;
            }
        }

        if (since is { } last)
        {
            times.Add((last, long.MaxValue));
        }

        return times;
    }
}
