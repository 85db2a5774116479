namespace MemoryCluster.Diffusion;

/// <summary>The copies in a shard by what they say in general: how many teams stand behind it, however many copies each has sent.</summary>
internal sealed class CopyTable
{
    private readonly Dictionary<Guid, Dictionary<TeamId, int>> _teams = [];
    private readonly SortedSet<MemoryId> _ids = [];

    public void Add(MemoryRecord memory)
    {
        if (memory.Diffusion is { } origin && _ids.Add(memory.Id))
        {
            Count(origin, 1);
        }
    }

    public void Remove(MemoryRecord memory)
    {
        if (memory.Diffusion is { } origin && _ids.Remove(memory.Id))
        {
            Count(origin, -1);
        }
    }

    /// <summary>Copies later than one, in their order.</summary>
    public IEnumerable<MemoryId> After(MemoryId id) => _ids.Count == 0 || id >= _ids.Max ? [] : _ids.GetViewBetween(id, _ids.Max).Where(copy => copy > id);

    /// <summary>Copies, the latest first.</summary>
    public IEnumerable<MemoryId> NewestFirst => _ids.Reverse();

    public int ProvenancesOf(DiffusionOrigin? origin) => origin is null ? 0 : _teams.GetValueOrDefault(origin.General)?.Count ?? 0;

    private void Count(DiffusionOrigin origin, int by)
    {
        if (!_teams.TryGetValue(origin.General, out var teams))
        {
            _teams.Add(origin.General, teams = []);
        }

        teams[origin.Team] = teams.GetValueOrDefault(origin.Team) + by;
        if (teams[origin.Team] == 0)
        {
            teams.Remove(origin.Team);
        }

        if (teams.Count == 0)
        {
            _teams.Remove(origin.General);
        }
    }
}
