using Orleans.Concurrency;

namespace MemoryCluster.Grains;

/// <summary>A tenant's directory: its teams, agents, keys and access edges. Key: <see cref="GrainKey.Of(TenantId)"/>.</summary>
[Alias("mc.ITenantGrain")]
public interface ITenantGrain : IGrainWithStringKey
{
    /// <summary>The version of the directory as it is now: the cheap question behind every cached snapshot.</summary>
    [AlwaysInterleave]
    Task<long> GetVersionAsync(CancellationToken cancellationToken);

    /// <summary>The directory as it is now.</summary>
    [AlwaysInterleave]
    Task<DirectorySnapshot> GetSnapshotAsync(CancellationToken cancellationToken);

    /// <summary>Makes or changes a team.</summary>
    Task<PutResult<TeamRecord>> PutTeamAsync(TeamId team, string domain, string? description, CancellationToken cancellationToken);

    /// <summary>Puts an agent into a team, or changes its role.</summary>
    Task<PutResult<AgentRecord>> PutAgentAsync(TeamId team, AgentId agent, string? role, CancellationToken cancellationToken);

    /// <summary>Adds an access edge; adding it again changes nothing.</summary>
    Task GrantAsync(AccessEdge edge, CancellationToken cancellationToken);

    /// <summary>Removes an access edge, in force when the call returns.</summary>
    Task RevokeAsync(AccessEdge edge, CancellationToken cancellationToken);

    /// <summary>Notes that a team holds shared memories, before the first of them is written.</summary>
    Task MarkSharingAsync(TeamId team, CancellationToken cancellationToken);

    /// <summary>Chooses the model of the tenant's vectors; its shards move to it.</summary>
    Task PutEmbedderAsync(EmbedderModel model, CancellationToken cancellationToken);

    /// <summary>Registers a replayer, or changes it. The caller has checked its address and its secret.</summary>
    Task<PutResult<ReplayerView>> PutReplayerAsync(string name, string url, string secret, CancellationToken cancellationToken);

    /// <summary>Ends a replayer: nothing more is sent to it. False where there is none.</summary>
    Task<bool> DeleteReplayerAsync(string name, CancellationToken cancellationToken);

    /// <summary>A replayer with its secret, for who signs its calls; null where there is none.</summary>
    [AlwaysInterleave]
    Task<ReplayerRecord?> FindReplayerAsync(string name, CancellationToken cancellationToken);

    /// <summary>Keeps a new key. The caller made the secret and shows it once; only its hash comes here.</summary>
    Task<KeyRecord> CreateKeyAsync(KeyId id, string secretHash, KeySpec spec, CancellationToken cancellationToken);

    /// <summary>Ends a key. False where there is none.</summary>
    Task<bool> DeleteKeyAsync(KeyId id, CancellationToken cancellationToken);

    /// <summary>Who holds this secret; null where the key is unknown, revoked or expired, or the secret is wrong.</summary>
    [AlwaysInterleave]
    Task<Principal?> AuthenticateAsync(KeyId id, string secretHash, CancellationToken cancellationToken);

    /// <summary>Whether the tenant has a key with the admin scope yet.</summary>
    [AlwaysInterleave]
    Task<bool> HasAdminKeyAsync(CancellationToken cancellationToken);

    /// <summary>Begins to split a shard of a team, or begins anew under a later owner; null where nothing is to be split now.</summary>
    /// <param name="team">The team.</param>
    /// <param name="partition">The shard's number.</param>
    /// <param name="epoch">The epoch of the shard's owner, who has to confirm it afterwards.</param>
    /// <param name="cancellationToken">Stops waiting; what was begun stays begun.</param>
    Task<PartitionSplit?> BeginSplitAsync(TeamId team, int partition, long epoch, CancellationToken cancellationToken);

    /// <summary>Ends a split of a shard that an earlier owner began, so that it can complete it no more; returns whether the shard serves the team.</summary>
    /// <param name="team">The team.</param>
    /// <param name="partition">The shard's number.</param>
    /// <param name="epoch">The epoch of the owner that asks.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<bool> AbandonSplitAsync(TeamId team, int partition, long epoch, CancellationToken cancellationToken);

    /// <summary>Lets the two shards of a split take over; false where it is not, or no longer, the team's split. Repeating it changes nothing.</summary>
    Task<bool> CompleteSplitAsync(TeamId team, PartitionSplit split, CancellationToken cancellationToken);

    /// <summary>Notes that the stores of retired shards are destroyed.</summary>
    Task ForgetRetiredAsync(TeamId team, ImmutableArray<int> partitions, CancellationToken cancellationToken);
}
