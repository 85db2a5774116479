using MemoryCluster.Access;
using MemoryCluster.Core.Tests.Shards;
using MemoryCluster.Storage.Memory;

namespace MemoryCluster.Core.Tests.Access;

public sealed class DirectoryEngineTests
{
    private static readonly TenantId Tenant = new("acme");

    private readonly InMemoryShardStores _stores = new();
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Everything_IsThereAfterReopening()
    {
        await using (var directory = await OpenAsync())
        {
            await directory.PutTeamAsync(new TeamId("red"), "support", null, default);
            await directory.PutTeamAsync(new TeamId("blue"), "sales", "second", default);
            await directory.PutAgentAsync(new TeamId("blue"), new AgentId("bot"), "seller", default);
            await directory.GrantAsync(new AccessEdge.UserAgent(new UserId("ann"), new AgentId("bot")), default);
            await directory.GrantAsync(new AccessEdge.AgentResource(new AgentId("bot"), new ResourceId("crm")), default);
            await directory.RevokeAsync(new AccessEdge.AgentResource(new AgentId("bot"), new ResourceId("crm")), default);
            await directory.MarkSharingAsync(new TeamId("red"), default);
        }

        await using var reopened = await OpenAsync();
        var snapshot = reopened.Snapshot;
        Assert.Equal((1u, 2u), (snapshot.Teams[new TeamId("red")].Number, snapshot.Teams[new TeamId("blue")].Number));
        Assert.Equal((true, false), (snapshot.Teams[new TeamId("red")].Sharing, snapshot.Teams[new TeamId("blue")].Sharing));
        Assert.Equal("seller", snapshot.Teams[new TeamId("blue")].Agents[new AgentId("bot")].Role);
        Assert.Contains(new AgentId("bot"), snapshot.Callable[new UserId("ann")]);
        Assert.Empty(snapshot.Usable.GetValueOrDefault(new AgentId("bot"), []));
        Assert.Equal(7, snapshot.Version);
    }

    [Fact]
    public async Task Replayers_AreThereAfterReopening_WithTheirSecrets_AndGoneWhenEnded()
    {
        await using (var directory = await OpenAsync())
        {
            Assert.True((await directory.PutReplayerAsync("a", "https://a.example.org/", "0123456789abcdef", default)).Created);
            await directory.PutReplayerAsync("b", "https://b.example.org/", "0123456789abcdef", default);
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.False((await directory.PutReplayerAsync("a", "https://a.example.org/2", "fedcba9876543210", default)).Created);
            Assert.True(await directory.DeleteReplayerAsync("b", default));
            Assert.False(await directory.DeleteReplayerAsync("b", default));
        }

        await using var reopened = await OpenAsync();
        var view = Assert.Single(reopened.Snapshot.Replayers.Values);
        Assert.Equal(("a", "https://a.example.org/2", TimeSpan.FromSeconds(1)), (view.Name, view.Url, view.ChangedAt - view.CreatedAt));
        Assert.Equal("fedcba9876543210", reopened.FindReplayer("a")?.Secret);
        Assert.Null(reopened.FindReplayer("b"));
        Assert.True((await reopened.PutReplayerAsync("b", "https://b.example.org/", "0123456789abcdef", default)).Created);
    }

    [Fact]
    public async Task MoreReplayersThanThereIsRoomFor_AreRefused()
    {
        await using var directory = await OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => directory.PutReplayerAsync($"r{i}", "https://a.example.org/", "0123456789abcdef", default)));

        var full = await Assert.ThrowsAsync<MemoryClusterException>(
            () => directory.PutReplayerAsync("r64", "https://a.example.org/", "0123456789abcdef", default));

        Assert.Equal((MemoryFault.Conflict, "replayers_full"), (full.Fault, full.Code));
    }

    [Fact]
    public async Task ConcurrentNewTeams_GetDifferentNumbers()
    {
        var gated = new GatedStores { Gate = new TaskCompletionSource() };
        await using var directory = await DirectoryEngine.OpenAsync(Tenant, gated, _clock, default);

        var puts = Enumerable.Range(0, 5).Select(i => directory.PutTeamAsync(new TeamId($"team{i}"), "d", null, default)).ToArray();
        gated.Gate.SetResult();
        var teams = await Task.WhenAll(puts);

        Assert.Equal(5, teams.Select(team => team.Value.Number).Distinct().Count());
        Assert.All(teams, team => Assert.True(team.Created));
    }

    [Fact]
    public async Task StaleOwner_MayNotSayThatAnEdgeIsAlreadyGone()
    {
        var edge = new AccessEdge.UserAgent(new UserId("ann"), new AgentId("bot"));
        await using var stale = await OpenAsync();
        await using var owner = await OpenAsync();
        await owner.GrantAsync(edge, default);

        var fault = await Assert.ThrowsAsync<MemoryClusterException>(() => stale.RevokeAsync(edge, default));

        Assert.Equal((MemoryFault.ShardUnavailable, true), (fault.Fault, stale.HasFailed));
        Assert.Contains(new AgentId("bot"), owner.Snapshot.Callable[new UserId("ann")]);
    }

    [Fact]
    public async Task CaseTwin_IsRefused()
    {
        await using var directory = await OpenAsync();
        await directory.PutTeamAsync(new TeamId("Red"), "d", null, default);

        var fault = await Assert.ThrowsAsync<MemoryClusterException>(() => directory.PutTeamAsync(new TeamId("red"), "d", null, default));

        Assert.Equal((MemoryFault.Conflict, "id_case_twin"), (fault.Fault, fault.Code));
    }

    [Fact]
    public async Task Key_AuthenticatesUntilItIsDeletedOrExpires()
    {
        await using var directory = await OpenAsync();
        var hash = new string('A', 64);
        var lasting = new KeyId(new Guid(1, 0, 0, new byte[8]));
        var brief = new KeyId(new Guid(2, 0, 0, new byte[8]));
        await directory.CreateKeyAsync(lasting, hash, new KeySpec { Name = "k", Scopes = KeyScopes.Admin }, default);
        await directory.CreateKeyAsync(
            brief, hash, new KeySpec { Name = "b", Scopes = KeyScopes.Read, ExpiresAt = _clock.GetUtcNow().AddHours(1) }, default);

        Assert.True(directory.HasAdminKey);
        Assert.Equal(lasting, directory.Authenticate(lasting, hash)!.Key);
        Assert.Null(directory.Authenticate(lasting, new string('B', 64)));
        Assert.NotNull(directory.Authenticate(brief, hash));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(directory.Authenticate(brief, hash));
        Assert.True(await directory.DeleteKeyAsync(lasting, default));
        Assert.False(await directory.DeleteKeyAsync(lasting, default));
        Assert.Null(directory.Authenticate(lasting, hash));
    }

    [Fact]
    public async Task UnknownTeam_IsNotFound()
    {
        await using var directory = await OpenAsync();

        var fault = await Assert.ThrowsAsync<MemoryClusterException>(
            () => directory.PutAgentAsync(new TeamId("none"), new AgentId("a"), null, default));

        Assert.Equal((MemoryFault.NotFound, "team_not_found"), (fault.Fault, fault.Code));
    }

    private Task<DirectoryEngine> OpenAsync() => DirectoryEngine.OpenAsync(Tenant, _stores, _clock, default);
}
