using System.Security.Cryptography;
using System.Text;
using MemoryCluster.Records;
using MemoryCluster.Shards;
using MemoryCluster.Shards.Writing;

namespace MemoryCluster.Access;

/// <summary>A tenant's directory without its grain: teams, agents, keys and access edges, durable before they are answered.</summary>
/// <remarks>Not thread-safe: one turn at a time. The snapshot's version is the store's sequence number.</remarks>
public sealed partial class DirectoryEngine : IAsyncDisposable
{
    // More than a tenant has kinds of agents; the snapshot, which names them all, is fetched by every silo.
    private const int ReplayersMax = 64;

    private readonly TenantId _tenant;
    private readonly IShardStore _store;
    private readonly TimeProvider _clock;
    private readonly DirectoryState _state = new();
    private readonly StoreWriter _writer;

    private DirectoryEngine(TenantId tenant, IShardStore store, TimeProvider clock)
    {
        _tenant = tenant;
        _store = store;
        _clock = clock;
        _writer = new StoreWriter(store, clock);
    }

    public bool HasFailed => _writer.Failure is not null;

    public DirectorySnapshot Snapshot => _state.Snapshot;

    public bool HasAdminKey => _state.Keys.Any(key => key.Spec.Scopes.HasFlag(KeyScopes.Admin) && !IsExpired(key));

    /// <summary>Takes the tenant's directory store and loads it.</summary>
    public static async Task<DirectoryEngine> OpenAsync(
        TenantId tenant, IShardStores stores, TimeProvider clock, CancellationToken cancellationToken)
    {
        var store = await stores.OpenAsync(StoreId.ForDirectory(tenant), cancellationToken);
        var engine = new DirectoryEngine(tenant, store, clock);
        try
        {
            await engine.LoadAsync(cancellationToken);
            return engine;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Confirms that what was read here was current while the request was open.</summary>
    public ValueTask ConfirmCurrentAsync(CancellationToken cancellationToken) => _writer.ConfirmCurrentAsync(cancellationToken);

    public Task<PutResult<TeamRecord>> PutTeamAsync(TeamId team, string domain, string? description, CancellationToken cancellationToken) =>
        _writer.SubmitAsync(
            batch =>
            {
                var known = _state.Snapshot.Teams.GetValueOrDefault(team);
                if (!batch.IsEmpty)
                {
                    // Team numbers are given in order; two new teams in one append would get the same one.
                    return new Step<PutResult<TeamRecord>>.Wait();
                }

                RequireNoCaseTwin("team", team.Value);
                var record = known is null
                    ? new TeamRecord { Id = team, Number = _state.LastTeamNumber + 1, Domain = domain, Description = description, CreatedAt = batch.At }
                    : known with { Domain = domain, Description = description };
                return known == record
                    ? new Step<PutResult<TeamRecord>>.Answer(new PutResult<TeamRecord>(record, false))
                    : Put(batch, DirectoryState.Stored(record), new PutResult<TeamRecord>(record, known is null));
            },
            cancellationToken);

    public Task<PutResult<AgentRecord>> PutAgentAsync(TeamId team, AgentId agent, string? role, CancellationToken cancellationToken) =>
        _writer.SubmitAsync(
            batch =>
            {
                if (!batch.IsEmpty)
                {
                    return new Step<PutResult<AgentRecord>>.Wait();
                }

                var members = RequireTeam(team).Agents;
                RequireNoCaseTwin("agent", agent.Value);
                var known = members.GetValueOrDefault(agent);
                var record = known is null ? new AgentRecord { Id = agent, Role = role, CreatedAt = batch.At } : known with { Role = role ?? known.Role };
                var stored = new StoredDirectoryRecord { Agent = new StoredDirectoryRecord.StoredAgent(team, agent, record.Role, record.CreatedAt) };
                return known == record
                    ? new Step<PutResult<AgentRecord>>.Answer(new PutResult<AgentRecord>(record, false))
                    : Put(batch, stored, new PutResult<AgentRecord>(record, known is null));
            },
            cancellationToken);

    public Task GrantAsync(AccessEdge edge, CancellationToken cancellationToken) =>
        SetAsync(edge, isWanted: true, cancellationToken);

    public Task RevokeAsync(AccessEdge edge, CancellationToken cancellationToken) =>
        SetAsync(edge, isWanted: false, cancellationToken);

    public Task MarkSharingAsync(TeamId team, CancellationToken cancellationToken) =>
        _writer.SubmitAsync(
            batch =>
            {
                if (!batch.IsEmpty)
                {
                    return new Step<bool>.Wait();
                }

                var record = RequireTeam(team);
                return record.Sharing
                    ? new Step<bool>.Answer(false)
                    : Put(batch, DirectoryState.Stored(record with { Sharing = true }), true);
            },
            cancellationToken);

    /// <summary>Chooses the model of the tenant's vectors.</summary>
    public Task PutEmbedderAsync(EmbedderModel model, CancellationToken cancellationToken) =>
        _writer.SubmitAsync(
            batch =>
            {
                var stored = new StoredDirectoryRecord { Embedder = model };
                if (batch.Touches(DirectoryState.KeyOf(stored).Value))
                {
                    return new Step<bool>.Wait();
                }

                return _state.Snapshot.Embedder == model ? new Step<bool>.Answer(false) : Put(batch, stored, true);
            },
            cancellationToken);

    public Task<KeyRecord> CreateKeyAsync(KeyId id, string secretHash, KeySpec spec, CancellationToken cancellationToken) =>
        _writer.SubmitAsync<KeyRecord>(
            batch =>
            {
                if (spec.Team is { } team)
                {
                    RequireTeam(team);
                }

                var record = new KeyRecord { Id = id, Spec = spec, SecretHash = secretHash, CreatedAt = batch.At };
                return _state.FindKey(id) is { } known
                    ? new Step<KeyRecord>.Answer(known)
                    : Put(batch, new StoredDirectoryRecord { Key = record }, record);
            },
            cancellationToken);

    public Task<bool> DeleteKeyAsync(KeyId id, CancellationToken cancellationToken) =>
        _writer.SubmitAsync<bool>(
            batch =>
            {
                if (_state.FindKey(id) is not { } key)
                {
                    return new Step<bool>.Answer(false);
                }

                var stored = new StoredDirectoryRecord { Key = key };
                return batch.Touches(DirectoryState.KeyOf(stored).Value) ? new Step<bool>.Wait() : Delete(batch, stored);
            },
            cancellationToken);

    /// <summary>Registers a replayer, or changes it.</summary>
    public Task<PutResult<ReplayerView>> PutReplayerAsync(string name, string url, string secret, CancellationToken cancellationToken) =>
        _writer.SubmitAsync<PutResult<ReplayerView>>(
            batch =>
            {
                if (!batch.IsEmpty)
                {
                    // Two new ones in one append could both be the last that there is room for.
                    return new Step<PutResult<ReplayerView>>.Wait();
                }

                var known = _state.FindReplayer(name);
                if (known is null && _state.Snapshot.Replayers.Count >= ReplayersMax)
                {
                    throw new MemoryClusterException(
                        MemoryFault.Conflict, $"The tenant has {ReplayersMax} replayers, the most that it may have; delete one first.", code: "replayers_full");
                }

                if (known is not null && known.Url == url && known.Secret == secret)
                {
                    return new Step<PutResult<ReplayerView>>.Answer(new PutResult<ReplayerView>(known.View, false));
                }

                var record = new ReplayerRecord { Name = name, Url = url, Secret = secret, CreatedAt = known?.CreatedAt ?? batch.At, ChangedAt = batch.At };
                return Put(batch, new StoredDirectoryRecord { Replayer = record }, new PutResult<ReplayerView>(record.View, known is null));
            },
            cancellationToken);

    /// <summary>Ends a replayer; its secret is gone from the store with the next maintenance.</summary>
    public Task<bool> DeleteReplayerAsync(string name, CancellationToken cancellationToken) =>
        _writer.SubmitAsync<bool>(
            batch =>
            {
                if (!batch.IsEmpty)
                {
                    return new Step<bool>.Wait();
                }

                if (_state.FindReplayer(name) is not { } replayer)
                {
                    return new Step<bool>.Answer(false);
                }

                return Delete(batch, new StoredDirectoryRecord { Replayer = replayer });
            },
            cancellationToken);

    /// <summary>A replayer with its secret; null where there is none.</summary>
    public ReplayerRecord? FindReplayer(string name) => _state.FindReplayer(name);

    /// <summary>Who holds the secret, or null. Takes the same time whether the key is unknown or the secret is wrong.</summary>
    public Principal? Authenticate(KeyId id, string secretHash)
    {
        var key = _state.FindKey(id);
        // An unknown key is compared too, so that time does not tell it from a wrong secret.
        var matches = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(key?.SecretHash ?? new string('0', 64)), Encoding.ASCII.GetBytes(secretHash));
        return key is null || !matches || IsExpired(key)
            ? null
            : new Principal
            {
                Tenant = _tenant, Key = id, Scopes = key.Spec.Scopes, Team = key.Spec.Team, Agent = key.Spec.Agent, User = key.Spec.User,
                ExpiresAt = key.Spec.ExpiresAt,
            };
    }

    /// <summary>Lets the store compact, between two appends.</summary>
    public Task MaintainAsync() => _writer.MaintainAsync(_clock.GetUtcNow() - OperationLedger.Lifetime);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var records = new List<StoredDirectoryRecord>();
        await foreach (var stored in _store.ReadRecordsAsync(cancellationToken))
        {
            records.Add(DirectoryState.Decode(stored.Payload));
        }

        // Teams before their agents: a store gives its records in any order.
        foreach (var record in records.OrderBy(record => record.Team is null))
        {
            _state.Put(record);
        }

        _state.SetVersion(_store.Seq);
    }

    private Task<bool> SetAsync(AccessEdge edge, bool isWanted, CancellationToken cancellationToken) =>
        _writer.SubmitAsync<bool>(
            batch =>
            {
                var stored = DirectoryState.Stored(edge);
                if (batch.Touches(DirectoryState.KeyOf(stored).Value))
                {
                    return new Step<bool>.Wait();
                }

                return Holds(edge) == isWanted ? new Step<bool>.Answer(false) : isWanted ? Put(batch, stored, true) : Delete(batch, stored);
            },
            cancellationToken);

    private Step<T>.Write Put<T>(PendingBatch batch, StoredDirectoryRecord record, T answer) =>
        Write(batch, RecordWrite.Put(DirectoryState.KeyOf(record), DirectoryState.Encode(record)), () => _state.Put(record), answer);

    private Step<bool>.Write Delete(PendingBatch batch, StoredDirectoryRecord record) =>
        Write(batch, RecordWrite.Delete(DirectoryState.KeyOf(record)), () => _state.Remove(record), true);

    private Step<T>.Write Write<T>(PendingBatch batch, RecordWrite write, Action apply, T answer)
    {
        var seq = batch.NextSeq;
        var mutation = new ShardMutation { Seq = seq, At = batch.At, Writes = [write] };
        return new Step<T>.Write([mutation], () => { apply(); _state.SetVersion(seq); }, answer);
    }

    private bool Holds(AccessEdge edge) => edge switch
    {
        AccessEdge.UserAgent call => _state.Snapshot.Callable.GetValueOrDefault(call.User, []).Contains(call.Agent),
        AccessEdge.AgentResource use => _state.Snapshot.Usable.GetValueOrDefault(use.Agent, []).Contains(use.Resource),
        _ => throw new ArgumentOutOfRangeException(nameof(edge), edge, "A new edge needs a look-up."),
    };

    private TeamRecord RequireTeam(TeamId team) => _state.Snapshot.Teams.GetValueOrDefault(team) ?? throw Missing.Team(team);

    private void RequireNoCaseTwin(string kind, string name)
    {
        if (_state.CaseTwinOf(kind, name) is { } twin)
        {
            throw new MemoryClusterException(
                MemoryFault.Conflict, $"There is already a {kind} '{twin}', which differs from '{name}' in case alone.", code: "id_case_twin", field: kind);
        }
    }

    private bool IsExpired(KeyRecord key) => key.Spec.ExpiresAt is { } expires && expires <= _clock.GetUtcNow();
}
