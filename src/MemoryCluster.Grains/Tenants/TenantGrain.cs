using MemoryCluster.Access;
using MemoryCluster.Grains.Hosting;
using MemoryCluster.Shards;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Grains.Tenants;

/// <summary>The shell of <see cref="DirectoryEngine"/>.</summary>
internal sealed class TenantGrain(IShardStores stores, TimeProvider clock, IRandomSource chance, IOptions<UpkeepOptions> upkeep)
    : EngineGrain, ITenantGrain
{
    private DirectoryEngine _engine = null!;

    protected override bool HasFailed => _engine.HasFailed;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _engine = await DirectoryEngine.OpenAsync(new TenantId(this.GetPrimaryKeyString()), stores, clock, cancellationToken);
        StartUpkeep(upkeep.Value.Period, chance.Next());
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
        }
    }

    public async Task<long> GetVersionAsync(CancellationToken cancellationToken) => (await GetSnapshotAsync(cancellationToken)).Version;

    public async Task<DirectorySnapshot> GetSnapshotAsync(CancellationToken cancellationToken)
    {
        await ConfirmCurrentAsync(cancellationToken);
        return _engine.Snapshot;
    }

    public Task<PutResult<TeamRecord>> PutTeamAsync(TeamId team, string domain, string? description, CancellationToken cancellationToken) =>
        WatchAsync(_engine.PutTeamAsync(team, domain, description, cancellationToken));

    public Task<PutResult<AgentRecord>> PutAgentAsync(TeamId team, AgentId agent, string? role, CancellationToken cancellationToken) =>
        WatchAsync(_engine.PutAgentAsync(team, agent, role, cancellationToken));

    public Task GrantAsync(AccessEdge edge, CancellationToken cancellationToken) => WatchAsync(_engine.GrantAsync(edge, cancellationToken));

    public Task RevokeAsync(AccessEdge edge, CancellationToken cancellationToken) => WatchAsync(_engine.RevokeAsync(edge, cancellationToken));

    public Task MarkSharingAsync(TeamId team, CancellationToken cancellationToken) =>
        WatchAsync(_engine.MarkSharingAsync(team, cancellationToken));

    public Task<PartitionSplit?> BeginSplitAsync(TeamId team, int partition, long epoch, CancellationToken cancellationToken) =>
        WatchAsync(_engine.BeginSplitAsync(team, partition, epoch, cancellationToken));

    public Task<bool> AbandonSplitAsync(TeamId team, int partition, long epoch, CancellationToken cancellationToken) =>
        WatchAsync(_engine.AbandonSplitAsync(team, partition, epoch, cancellationToken));

    public Task<bool> CompleteSplitAsync(TeamId team, PartitionSplit split, CancellationToken cancellationToken) =>
        WatchAsync(_engine.CompleteSplitAsync(team, split, cancellationToken));

    public Task ForgetRetiredAsync(TeamId team, ImmutableArray<int> partitions, CancellationToken cancellationToken) =>
        WatchAsync(_engine.ForgetRetiredAsync(team, partitions, cancellationToken));

    public Task PutEmbedderAsync(EmbedderModel model, CancellationToken cancellationToken) =>
        WatchAsync(_engine.PutEmbedderAsync(model, cancellationToken));

    public Task<PutResult<ReplayerView>> PutReplayerAsync(string name, string url, string secret, CancellationToken cancellationToken) =>
        WatchAsync(_engine.PutReplayerAsync(name, url, secret, cancellationToken));

    public Task<bool> DeleteReplayerAsync(string name, CancellationToken cancellationToken) => WatchAsync(_engine.DeleteReplayerAsync(name, cancellationToken));

    public async Task<ReplayerRecord?> FindReplayerAsync(string name, CancellationToken cancellationToken)
    {
        await ConfirmCurrentAsync(cancellationToken);
        return _engine.FindReplayer(name);
    }

    public Task<KeyRecord> CreateKeyAsync(KeyId id, string secretHash, KeySpec spec, CancellationToken cancellationToken) =>
        WatchAsync(_engine.CreateKeyAsync(id, secretHash, spec, cancellationToken));

    public Task<bool> DeleteKeyAsync(KeyId id, CancellationToken cancellationToken) => WatchAsync(_engine.DeleteKeyAsync(id, cancellationToken));

    public async Task<Principal?> AuthenticateAsync(KeyId id, string secretHash, CancellationToken cancellationToken)
    {
        await ConfirmCurrentAsync(cancellationToken);
        return _engine.Authenticate(id, secretHash);
    }

    public async Task<bool> HasAdminKeyAsync(CancellationToken cancellationToken)
    {
        await ConfirmCurrentAsync(cancellationToken);
        return _engine.HasAdminKey;
    }

    protected override Task MaintainAsync(CancellationToken cancellationToken) => _engine.MaintainAsync();

    // What is read after it was confirmed holds every change acknowledged before the call began, whoever made it.
    private Task ConfirmCurrentAsync(CancellationToken cancellationToken)
    {
        var confirmation = _engine.ConfirmCurrentAsync(cancellationToken);
        return confirmation.IsCompletedSuccessfully ? Task.CompletedTask : WatchAsync(confirmation.AsTask());
    }
}
