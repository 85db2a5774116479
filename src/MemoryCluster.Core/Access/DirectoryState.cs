using System.Text.Json;
using MemoryCluster.Records;
using MemoryCluster.Shards;

namespace MemoryCluster.Access;

/// <summary>A tenant's directory in memory, kept as the immutable snapshot that readers are given.</summary>
internal sealed class DirectoryState
{
    private readonly Dictionary<KeyId, KeyRecord> _keys = [];
    private readonly Dictionary<string, ReplayerRecord> _replayers = [];
    private readonly Dictionary<string, string> _caseTwins = new(StringComparer.OrdinalIgnoreCase);

    public DirectorySnapshot Snapshot { get; private set; } = new() { Version = 0 };

    public uint LastTeamNumber { get; private set; }

    public IEnumerable<KeyRecord> Keys => _keys.Values;

    public KeyRecord? FindKey(KeyId id) => _keys.GetValueOrDefault(id);

    public ReplayerRecord? FindReplayer(string name) => _replayers.GetValueOrDefault(name);

    /// <summary>The name already taken that differs from this one in case alone.</summary>
    public string? CaseTwinOf(string kind, string name) =>
        _caseTwins.TryGetValue($"{kind}:{name}", out var taken) && taken != name ? taken : null;

    public static RecordKey KeyOf(StoredDirectoryRecord record) => new(record switch
    {
        { Team: { } team } => Hash128.Of("team", team.Id.Value),
        { Agent: { } agent } => Hash128.Of("agent", agent.Team.Value, agent.Id.Value),
        { Edge: { } edge } => Hash128.Of("edge", edge.User?.Value, edge.Agent.Value, edge.Resource?.Value),
        { Key: { } key } => Hash128.Of("key", key.Id.ToString()),
        { Embedder: not null } => Hash128.Of("embedder"),
        { Replayer: { } replayer } => Hash128.Of("replayer", replayer.Name),
        _ => throw new ArgumentException("A directory record with no member set.", nameof(record)),
    });

    public static byte[] Encode(StoredDirectoryRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, StoredJson.Instance.StoredDirectoryRecord);

    public static StoredDirectoryRecord Decode(ReadOnlyMemory<byte> payload) =>
        JsonSerializer.Deserialize(payload.Span, StoredJson.Instance.StoredDirectoryRecord)
        ?? throw new MemoryClusterException(MemoryFault.StoreCorrupt, "A directory record is null.");

    public static StoredDirectoryRecord Stored(TeamRecord team) => new()
    {
        Team = new StoredDirectoryRecord.StoredTeam(
            team.Id, team.Number, team.Domain, team.Description, team.CreatedAt, team.Sharing, LayoutOf(team)),
    };

    public static StoredDirectoryRecord Stored(AccessEdge edge) => new()
    {
        Edge = edge switch
        {
            AccessEdge.UserAgent call => new StoredDirectoryRecord.StoredEdge(call.User, call.Agent, null),
            AccessEdge.AgentResource use => new StoredDirectoryRecord.StoredEdge(null, use.Agent, use.Resource),
            _ => throw new ArgumentOutOfRangeException(nameof(edge), edge, "A new edge needs a stored form."),
        },
    };

    // A team that was never split is written as it always was.
    private static StoredDirectoryRecord.StoredLayout? LayoutOf(TeamRecord team) => team.NextPartition == 1
        ? null
        : new StoredDirectoryRecord.StoredLayout(
            [.. team.Ranges.Select(range => new StoredDirectoryRecord.StoredRange(range.Partition, range.From))],
            team.Split, team.Retired, team.NextPartition);

    public void SetVersion(long version) => Snapshot = Snapshot with { Version = version };

    public void Put(StoredDirectoryRecord record)
    {
        switch (record)
        {
            case { Team: { } team }:
                Put(team);
                break;
            case { Agent: { } agent }:
                Put(agent);
                break;
            case { Edge: { } edge }:
                Put(edge);
                break;
            case { Key: { } key }:
                _keys[key.Id] = key;
                break;
            case { Embedder: { } embedder }:
                Snapshot = Snapshot with { Embedder = embedder };
                break;
            case { Replayer: { } replayer }:
                _replayers[replayer.Name] = replayer;
                Snapshot = Snapshot with { Replayers = Snapshot.Replayers.SetItem(replayer.Name, replayer.View) };
                break;
            default:
                throw new ArgumentException("A directory record with no member set.", nameof(record));
        }
    }

    public void Remove(StoredDirectoryRecord record)
    {
        switch (record)
        {
            case { Edge: { User: { } user } edge }:
                Snapshot = Snapshot with { Callable = Without(Snapshot.Callable, user, edge.Agent) };
                break;
            case { Edge: { Resource: { } resource } edge }:
                Snapshot = Snapshot with { Usable = Without(Snapshot.Usable, edge.Agent, resource) };
                break;
            case { Key: { } key }:
                _keys.Remove(key.Id);
                break;
            case { Replayer: { } replayer }:
                _replayers.Remove(replayer.Name);
                Snapshot = Snapshot with { Replayers = Snapshot.Replayers.Remove(replayer.Name) };
                break;
            default:
                throw new ArgumentException("Only edges, keys and replayers are removed.", nameof(record));
        }
    }

    private void Put(StoredDirectoryRecord.StoredTeam team)
    {
        var agents = Snapshot.Teams.TryGetValue(team.Id, out var known) ? known.Agents : ImmutableDictionary<AgentId, AgentRecord>.Empty;
        var record = new TeamRecord
        {
            Id = team.Id, Number = team.Number, Domain = team.Domain, Description = team.Description, CreatedAt = team.CreatedAt,
            Sharing = team.Sharing, Agents = agents,
        };
        if (team.Layout is { } layout)
        {
            record = record with
            {
                Ranges = [.. layout.Ranges.Select(range => new PartitionRange(range.Partition, range.From))],
                Split = layout.Split, Retired = layout.Retired, NextPartition = layout.NextPartition,
            };
        }

        LastTeamNumber = Math.Max(LastTeamNumber, team.Number);
        _caseTwins[$"team:{team.Id.Value}"] = team.Id.Value;
        Snapshot = Snapshot with
        {
            Teams = Snapshot.Teams.SetItem(team.Id, record),
            TeamsByNumber = Snapshot.TeamsByNumber.SetItem(team.Number, team.Id),
        };
    }

    private void Put(StoredDirectoryRecord.StoredAgent agent)
    {
        var team = Snapshot.Teams[agent.Team];
        var record = new AgentRecord { Id = agent.Id, Role = agent.Role, CreatedAt = agent.CreatedAt };
        _caseTwins[$"agent:{agent.Id.Value}"] = agent.Id.Value;
        Snapshot = Snapshot with
        {
            Teams = Snapshot.Teams.SetItem(agent.Team, team with { Agents = team.Agents.SetItem(agent.Id, record) }),
        };
    }

    private void Put(StoredDirectoryRecord.StoredEdge edge)
    {
        Snapshot = edge switch
        {
            { User: { } user } => Snapshot with { Callable = With(Snapshot.Callable, user, edge.Agent) },
            { Resource: { } resource } => Snapshot with { Usable = With(Snapshot.Usable, edge.Agent, resource) },
            _ => throw new ArgumentException("An edge needs a user or a resource.", nameof(edge)),
        };
    }

    private static ImmutableDictionary<TFrom, ImmutableHashSet<TTo>> With<TFrom, TTo>(
        ImmutableDictionary<TFrom, ImmutableHashSet<TTo>> edges, TFrom from, TTo to)
        where TFrom : notnull =>
        edges.SetItem(from, edges.GetValueOrDefault(from, []).Add(to));

    private static ImmutableDictionary<TFrom, ImmutableHashSet<TTo>> Without<TFrom, TTo>(
        ImmutableDictionary<TFrom, ImmutableHashSet<TTo>> edges, TFrom from, TTo to)
        where TFrom : notnull =>
        edges.TryGetValue(from, out var targets) ? edges.SetItem(from, targets.Remove(to)) : edges;
}
