namespace MemoryCluster.Diffusion;

/// <summary>The copies in a shard by what they say in general: how many teams stand behind it, however many copies each has sent.</summary>
internal sealed class CopyTable
{
    private readonly Dictionary<Guid, Dictionary<TeamId, int>> _teams = [];

    public void Add(DiffusionOrigin? origin) => Count(origin, 1);

    public void Remove(DiffusionOrigin? origin) => Count(origin, -1);

    public int ProvenancesOf(DiffusionOrigin? origin) => origin is null ? 0 : _teams.GetValueOrDefault(origin.General)?.Count ?? 0;

    private void Count(DiffusionOrigin? origin, int by)
    {
        if (origin is null)
        {
            return;
        }

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
