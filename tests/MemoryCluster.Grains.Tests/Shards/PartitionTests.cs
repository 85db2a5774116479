using MemoryCluster.Grains.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryCluster.Grains.Tests.Shards;

/// <summary>Teams whose shards are split at eight memories, as often as upkeep comes.</summary>
public sealed class PartitionTests : IAsyncLifetime
{
    private static readonly AgentId Ada = new("ada");

    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.StartAsync(services =>
    {
        services.Configure<UpkeepOptions>(upkeep => upkeep.Period = TimeSpan.FromSeconds(1));
        services.Configure<PartitionOptions>(partitions => (partitions.MemoriesMax, partitions.MemoriesMin) = (8, 2));
    });

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task OutgrownTeam_IsSplit_AndStaysOneTeam()
    {
        var (team, caller, written) = await OutgrownAsync("outgrown");

        foreach (var result in written)
        {
            Assert.Equal(result.Id, (await _cluster.Memories.GetAsync(result.Id, caller, default))?.Id);
        }

        var page = await _cluster.TeamOf(team).ListAsync(caller, new MemoryListQuery { Limit = 100 }, default);
        Assert.Equal(written.Select(result => result.Id).Order(), page.Items.Select(memory => memory.Id).Order());
        var recalled = await _cluster.RecallAsync(caller, "Note 7 of shelf 49");
        Assert.False(recalled.Partial);
        Assert.Equal(recalled.ShardsAsked, recalled.ShardsAnswered);
        Assert.Equal(written[7].Id, recalled.Hits[0].Memory.Id);
    }

    [Fact]
    public async Task WhatIsSaidAgain_MeetsItsDuplicate_InWhicheverShardThatIs()
    {
        var (team, _, written) = await OutgrownAsync("said-again");

        for (var i = 0; i < written.Length; i++)
        {
            var again = await _cluster.RememberAsync(team, Ada, TestCluster.Draft($"note {i} of shelf {i * 7}."));
            Assert.Equal((Decision.Merged, written[i].Id), (again.Decision, again.MergedInto));
        }

        string[] said = ["A new thing", "a new thing.", "Note 3 of shelf 21"];
        var batch = await _cluster.RememberManyAsync(team, Ada, said.Select(text => TestCluster.Draft(text)));
        Assert.Equal([Decision.Admitted, Decision.Merged, Decision.Merged], batch.Select(outcome => outcome.Unwrap().Decision));
    }

    [Fact]
    public async Task RepeatedRequest_GetsItsAnswer_AcrossASplit()
    {
        var team = new TeamId("repeated");
        await _cluster.PutTeamAsync(team, Ada);
        var operation = new OperationId(new Guid(1, 2, 3, new byte[8]), new Guid(4, 5, 6, new byte[8]));
        var first = await _cluster.RememberAsync(team, Ada, TestCluster.Draft("The key is under the mat"), operation);
        await RememberManyAsync(team);
        await SplitAsync(team);

        var again = await _cluster.RememberAsync(team, Ada, TestCluster.Draft("The key is under the mat"), operation);

        Assert.Equal(first, again);
    }

    [Fact]
    public async Task ChangesAndDeletions_ReachTheShardThatHasTheMemory()
    {
        var (team, caller, written) = await OutgrownAsync("changed");

        var changed = await _cluster.Memories.PatchAsync(
            new PatchCommand { Id = written[2].Id, IfVersion = written[2].Version, Text = "The boiler burns pellets" }, caller, default);
        var receipt = await _cluster.Memories.DeleteAsync(new DeleteCommand(written[3].Id, CascadeDerived: false, Operation: null), caller, default);
        var absent = await Faults.OfAsync(() => _cluster.Memories.DeleteAsync(new DeleteCommand(written[3].Id, false, null), caller, default));

        Assert.Equal("The boiler burns pellets", changed.Text);
        Assert.Equal(written[3].Id, Assert.Single(receipt.Deleted));
        Assert.Equal(MemoryFault.NotFound, absent.Fault);
        Assert.Equal(written[2].Id, (await _cluster.RecallAsync(caller, "boiler pellets")).Hits[0].Memory.Id);
        var forgotten = await _cluster.TeamOf(team).ForgetAsync(caller, new ForgetCommand { Agent = Ada }, default);
        Assert.Equal(written.Length - 1, forgotten.Deleted.Length);
    }

    [Fact]
    public async Task Outcome_IsCredited_InEveryShard()
    {
        var (team, caller, written) = await OutgrownAsync("credited");
        var recall = await _cluster.RecallAsync(caller, "note shelf", k: 20);
        var hits = recall.Hits.Select(hit => hit.Memory.Id).ToArray();
        Assert.Contains(written[0].Id, hits);

        Assert.True(await _cluster.TeamOf(team).RecordOutcomeAsync(caller, new RecallOutcome { Recall = recall.Id, Reward = 1 }, default));

        foreach (var id in hits)
        {
            Assert.Equal(1, (await _cluster.Memories.GetAsync(id, caller, default))!.Utility.Uses);
        }
    }

    [Fact]
    public async Task TeamUnderWrites_IsSplit_AndLosesNothing()
    {
        var team = new TeamId("busy");
        await _cluster.PutTeamAsync(team, Ada);
        var caller = TestCluster.CallerOf(team, Ada);
        var written = new List<RememberResult>();
        while (await ShardsOfAsync(team) < 4)
        {
            written.Add(await _cluster.RememberAsync(team, Ada, TestCluster.Draft($"Entry {written.Count} of ledger {written.Count * 13}")));
            Assert.NotNull(await _cluster.Memories.GetAsync(written[^1].Id, caller, default));
        }

        foreach (var result in written)
        {
            Assert.Equal(Decision.Admitted, result.Decision);
            Assert.NotNull(await _cluster.Memories.GetAsync(result.Id, caller, default));
        }
    }

    private async Task<(TeamId Team, Caller Caller, RememberResult[] Written)> OutgrownAsync(string name)
    {
        var team = new TeamId(name);
        await _cluster.PutTeamAsync(team, Ada);
        var written = await RememberManyAsync(team);
        await SplitAsync(team);
        return (team, TestCluster.CallerOf(team, Ada), written);
    }

    private async Task<RememberResult[]> RememberManyAsync(TeamId team)
    {
        var drafts = Enumerable.Range(0, 16).Select(i => TestCluster.Draft($"Note {i} of shelf {i * 7}"));
        return [.. (await _cluster.RememberManyAsync(team, Ada, drafts)).Select(outcome => outcome.Unwrap())];
    }

    private async Task SplitAsync(TeamId team)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await ShardsOfAsync(team) < 2)
        {
            late.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task<int> ShardsOfAsync(TeamId team) => (await _cluster.TeamOf(team).DescribeAsync(default))!.Team.Ranges.Length;
}
