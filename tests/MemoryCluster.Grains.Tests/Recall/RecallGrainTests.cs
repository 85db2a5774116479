using MemoryCluster.Grains.Recall;
using MemoryCluster.Shards;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryCluster.Grains.Tests.Recall;

public sealed class RecallGrainTests(TestClusterFixture fixture) : ClusterTests(fixture)
{
    [Fact]
    public async Task WhatAnotherTeamShares_IsFound_AndWhatItKeepsIsNot()
    {
        var (red, blue) = (new TeamId("two-red"), new TeamId("two-blue"));
        await Cluster.PutTeamAsync(red, Scout);
        await Cluster.PutTeamAsync(blue, Mason);
        var own = await Cluster.RememberAsync(red, Scout, TestCluster.Draft("The lighthouse lamp is changed in March."));
        var shared = await Cluster.RememberAsync(blue, Mason, TestCluster.Draft("The lighthouse stairs are slippery.", Visibility.Shared));
        var kept = await Cluster.RememberAsync(blue, Mason, TestCluster.Draft("The lighthouse key is under the mat."));

        var answer = await Cluster.RecallAsync(TestCluster.CallerOf(red, Scout), "lighthouse");

        var found = answer.Hits.Select(hit => hit.Memory.Id).ToHashSet();
        Assert.Superset(new HashSet<MemoryId> { own.Id, shared.Id }, found);
        Assert.DoesNotContain(kept.Id, found);
        Assert.False(answer.Partial);
    }

    [Fact]
    public async Task PermissionRevoked_IsInForceOnTheNextRecall()
    {
        var team = new TeamId("revoked");
        var ada = new UserId("ada");
        await Cluster.PutTeamAsync(team, Scout);
        await Cluster.Directory.GrantAsync(new AccessEdge.UserAgent(ada, Scout), default);
        var written = await Cluster.RememberAsync(team, Scout, TestCluster.Draft("The vault opens at nine.", Visibility.Private, ada));
        var caller = TestCluster.CallerOf(team, Scout, ada);
        Assert.Single((await Cluster.RecallAsync(caller, "when does the vault open")).Hits);

        await Cluster.Directory.RevokeAsync(new AccessEdge.UserAgent(ada, Scout), default);

        Assert.Empty((await Cluster.RecallAsync(caller, "when does the vault open")).Hits);
        Assert.Null(await Cluster.Memories.GetAsync(written.Id, caller, default));
    }

    [Fact]
    public async Task TeamOrAgentThatIsNotThere_IsNotFound()
    {
        var team = new TeamId("asked");
        await Cluster.PutTeamAsync(team, Scout);

        var noTeam = await Faults.OfAsync(() => Cluster.RecallAsync(TestCluster.CallerOf(new TeamId("nobody"), Scout), "anything"));
        var noAgent = await Faults.OfAsync(() => Cluster.RecallAsync(TestCluster.CallerOf(team, new AgentId("stranger")), "anything"));

        Assert.Equal("team_not_found", noTeam.Code);
        Assert.Equal("agent_not_found", noAgent.Code);
    }

    [Fact]
    public async Task MinSeqThatWasNeverGiven_IsRefused()
    {
        var team = new TeamId("ahead");
        await Cluster.PutTeamAsync(team, Scout);
        var written = await Cluster.RememberAsync(team, Scout, TestCluster.Draft("One fact."));

        var fault = await Faults.OfAsync(() => Cluster.RecallAsync(TestCluster.CallerOf(team, Scout), "fact", minSeq: written.Seq + 1));

        Assert.Equal((MemoryFault.BadRequest, "min_seq_ahead", "minSeq"), (fault.Fault, fault.Code, fault.Field));
    }

    [Fact]
    public async Task ShardThatDoesNotAnswer_MakesTheAnswerPartial()
    {
        await using var cluster = await TestCluster.StartAsync(
            services => services.Configure<RecallOptions>(options => options.ShardDeadline = TimeSpan.FromMilliseconds(50)));
        var (red, blue) = (new TeamId("red"), new TeamId("blue"));
        await cluster.PutTeamAsync(red, Scout);
        await cluster.PutTeamAsync(blue, Mason);
        await cluster.RememberAsync(blue, Mason, TestCluster.Draft("The harbour freezes in January.", Visibility.Shared));
        RecallAnswer answer;

        using (cluster.Stores.Silence(StoreId.For(new ShardId(TestCluster.Tenant, blue, 0))))
        {
            answer = await cluster.RecallAsync(TestCluster.CallerOf(red, Scout), "harbour");
        }

        Assert.True(answer.Partial);
        Assert.Empty(answer.Hits);
        Assert.Equal(2, answer.ShardsAsked);
        Assert.True(answer.ShardsAnswered < 2);
    }

    [Fact]
    public async Task EmbedderThatIsDown_LeavesWords_AndSaysSo()
    {
        await using var cluster = await TestCluster.StartAsync();
        var team = new TeamId("wordy");
        await cluster.PutTeamAsync(team, Scout);
        var written = await cluster.RememberAsync(team, Scout, TestCluster.Draft("The turbine hums at forty hertz."));

        cluster.Embedder.IsDown = true;
        var answer = await cluster.RecallAsync(TestCluster.CallerOf(team, Scout), "turbine");

        Assert.Equal(written.Id, Assert.Single(answer.Hits).Memory.Id);
        Assert.True(answer.Partial);
    }

    [Fact]
    public void Targets_AreOwnFirst_ThenTheSameDomain_ThenById_AndNoMoreThanAllowed()
    {
        var caller = TestCluster.CallerOf(new TeamId("own"), Scout);
        var query = new RecallQuery { Team = new TeamId("own"), Caller = caller, Text = "x", K = 1 };
        var directory = Directory(("own", "ops", true), ("zeta", "ops", true), ("beta", "law", true), ("alpha", "law", true), ("mute", "ops", false));

        var all = RecallTargets.Of(query, directory.Teams[query.Team], directory, foreignTeamsMax: 3);
        var two = RecallTargets.Of(query, directory.Teams[query.Team], directory, foreignTeamsMax: 2);
        var none = RecallTargets.Of(query with { Scopes = RecallScopes.Team }, directory.Teams[query.Team], directory, foreignTeamsMax: 3);

        Assert.Equal(["own"], all.Own.Select(shard => shard.Team.Value));
        Assert.Equal(["zeta", "alpha", "beta"], all.Foreign.Select(shard => shard.Team.Value));
        Assert.False(all.LeftOut);
        Assert.Equal(["zeta", "alpha"], two.Foreign.Select(shard => shard.Team.Value));
        Assert.True(two.LeftOut);
        Assert.Empty(none.Foreign);
    }

    private static DirectorySnapshot Directory(params (string Id, string Domain, bool Sharing)[] teams) => new()
    {
        Version = 1,
        Teams = teams.Select((team, i) => new TeamRecord
        {
            Id = new TeamId(team.Id), Number = (uint)(i + 1), Domain = team.Domain, Sharing = team.Sharing, CreatedAt = DateTimeOffset.UnixEpoch,
        }).ToImmutableDictionary(team => team.Id),
    };
}
