namespace MemoryCluster.Grains.Tests.Memories;

public sealed class MemoryGrainTests(TestClusterFixture fixture) : ClusterTests(fixture)
{
    [Fact]
    public async Task PatchedText_IsFoundByItsNewWords()
    {
        var team = new TeamId("patched");
        await Cluster.PutTeamAsync(team, Scout);
        var caller = TestCluster.CallerOf(team, Scout);
        var written = await Cluster.RememberAsync(team, Scout, TestCluster.Draft("The oven runs on gas."));

        var changed = await Cluster.Memories.PatchAsync(
            new PatchCommand { Id = written.Id, IfVersion = written.Version, Text = "The boiler runs on pellets." }, caller, default);
        var stale = await Faults.OfAsync(() => Cluster.Memories.PatchAsync(
            new PatchCommand { Id = written.Id, IfVersion = written.Version, Text = "Too late." }, caller, default));

        Assert.Equal(written.Version + 1, changed.Version);
        Assert.Equal(MemoryFault.StaleVersion, stale.Fault);
        var hit = Assert.Single((await Cluster.RecallAsync(caller, "pellets")).Hits);
        Assert.Equal("The boiler runs on pellets.", hit.Memory.Text);
    }

    [Fact]
    public async Task DeletedMemory_IsGoneEverywhere()
    {
        var team = new TeamId("deleted");
        await Cluster.PutTeamAsync(team, Scout);
        var caller = TestCluster.CallerOf(team, Scout);
        var written = await Cluster.RememberAsync(team, Scout, TestCluster.Draft("The pin is four digits."));

        var receipt = await Cluster.Memories.DeleteAsync(new DeleteCommand(written.Id, CascadeDerived: false, Operation: null), caller, default);

        Assert.Equal(written.Id, Assert.Single(receipt.Deleted));
        Assert.Null(await Cluster.Memories.GetAsync(written.Id, caller, default));
        Assert.Empty((await Cluster.RecallAsync(caller, "pin")).Hits);
    }

    [Fact]
    public async Task IdOfNoTeam_LooksLikeAnIdOfNoMemory()
    {
        var team = new TeamId("absent");
        await Cluster.PutTeamAsync(team, Scout);
        var caller = TestCluster.CallerOf(team, Scout);
        var known = (await Cluster.RememberAsync(team, Scout, TestCluster.Draft("Present."))).Id.TeamNumber;
        var noTeam = MemoryId.New(DateTimeOffset.UnixEpoch, 1, uint.MaxValue);
        var noMemory = MemoryId.New(DateTimeOffset.UnixEpoch, 1, known);

        var first = await Faults.OfAsync(() => Cluster.Memories.DeleteAsync(new DeleteCommand(noTeam, false, null), caller, default));
        var second = await Faults.OfAsync(() => Cluster.Memories.DeleteAsync(new DeleteCommand(noMemory, false, null), caller, default));

        Assert.Null(await Cluster.Memories.GetAsync(noTeam, caller, default));
        Assert.Equal((first.Fault, first.Code, first.Field), (second.Fault, second.Code, second.Field));
        Assert.Equal(first.Message.Replace(noTeam.ToString(), ""), second.Message.Replace(noMemory.ToString(), ""));
    }

    [Fact]
    public async Task MemoryMadeShared_IsFoundByOtherTeams()
    {
        var (red, blue) = (new TeamId("opened-red"), new TeamId("opened-blue"));
        await Cluster.PutTeamAsync(red, Scout);
        await Cluster.PutTeamAsync(blue, Scout);
        var written = await Cluster.RememberAsync(red, Scout, TestCluster.Draft("The archive moved to the cellar."));

        await Cluster.Memories.PatchAsync(
            new PatchCommand { Id = written.Id, IfVersion = written.Version, Visibility = Visibility.Shared }, TestCluster.CallerOf(red, Scout), default);

        Assert.Contains((await Cluster.RecallAsync(TestCluster.CallerOf(blue, Scout), "archive")).Hits, hit => hit.Memory.Id == written.Id);
    }
}
