namespace MemoryCluster.Controller;

internal sealed partial class ControllerState
{
    private readonly SortedDictionary<MemoryId, StoredCopy> _copies = [];

    /// <summary>What is kept of other teams' memories, in order of their ids.</summary>
    public IEnumerable<StoredCopy> Copies => _copies.Values;

    /// <summary>Runs later than one, oldest first, whether or not anything of them came back.</summary>
    public IEnumerable<RunRecord> KeptAfter(string id) =>
        _runsByAge.Where(run => string.CompareOrdinal(run.Id, id) > 0).Select(run => _runs[new RunId(run.Id)].Record);

    public StoredCopy? FindCopy(MemoryId copy) => _copies.GetValueOrDefault(copy);

    public void Put(StoredCopy copy)
    {
        if (FindCopy(copy.Copy) is { } before)
        {
            Remove(before);
        }

        _copies.Add(copy.Copy, copy);
        CountReplays(copy.Replays, 1);
    }

    public void Remove(StoredCopy copy)
    {
        if (_copies.Remove(copy.Copy, out var kept))
        {
            CountReplays(kept.Replays, -1);
        }
    }

    private void CountReplays(ImmutableArray<ReplayPair> replays, int sign)
    {
        foreach (var pair in replays)
        {
            var day = DayOf(pair.At);
            _replaysByDay[day] = _replaysByDay.GetValueOrDefault(day) + sign;
        }
    }
}
