using MemoryCluster.Shards;

namespace MemoryCluster.Grains.Tests.Tenants;

public sealed class TenantGrainTests(TestClusterFixture fixture) : ClusterTests(fixture)
{
    private const string Hash = "00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF";

    [Fact]
    public async Task FencedDirectory_RefusesOnce_ThenOpensAnew()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.PutTeamAsync(new TeamId("kept"));
        var taken = await cluster.Stores.OpenAsync(StoreId.ForDirectory(TestCluster.Tenant), default);
        await taken.DisposeAsync();

        var fault = await Faults.OfAsync(() => cluster.Directory.GetVersionAsync(default));
        var snapshot = await cluster.Directory.GetSnapshotAsync(default);

        Assert.Equal(MemoryFault.ShardUnavailable, fault.Fault);
        Assert.Contains(new TeamId("kept"), snapshot.Teams.Keys);
    }

    [Fact]
    public async Task FencedDirectory_KeepsNoCallerFromAnAnswer()
    {
        await using var cluster = await TestCluster.StartAsync();
        var team = new TeamId("asked-again");
        await cluster.PutTeamAsync(team, Scout);
        var taken = await cluster.Stores.OpenAsync(StoreId.ForDirectory(TestCluster.Tenant), default);
        await taken.DisposeAsync();

        Assert.Empty((await cluster.RecallAsync(TestCluster.CallerOf(team, Scout), "anything")).Hits);
    }

    [Fact]
    public async Task Key_IsTakenUntilItIsDeleted()
    {
        var id = new KeyId(new Guid(7, 7, 7, new byte[8]));
        await Cluster.Directory.CreateKeyAsync(id, Hash, new KeySpec { Name = "ci", Scopes = KeyScopes.Read | KeyScopes.Admin }, default);

        var principal = await Cluster.Directory.AuthenticateAsync(id, Hash, default);
        var stranger = await Cluster.Directory.AuthenticateAsync(id, Hash.Replace('A', 'B'), default);
        var deleted = await Cluster.Directory.DeleteKeyAsync(id, default);

        Assert.Equal((TestCluster.Tenant, KeyScopes.Read | KeyScopes.Admin), (principal!.Tenant, principal.Scopes));
        Assert.Null(stranger);
        Assert.True(deleted);
        Assert.Null(await Cluster.Directory.AuthenticateAsync(id, Hash, default));
    }
}
