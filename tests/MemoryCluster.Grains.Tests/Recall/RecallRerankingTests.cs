using Microsoft.Extensions.DependencyInjection;

namespace MemoryCluster.Grains.Tests.Recall;

public sealed class RecallRerankingTests
{
    private const string Question = "When is the lighthouse lamp changed?";
    private const string Near = "The lighthouse lamp is changed in March.";
    private const string Far = "Oil for the lighthouse is bought by the barrel.";

    private static readonly TeamId Team = new("readers");
    private static readonly AgentId Scout = new("scout");
    private static readonly AgentId Mason = new("mason");
    private static readonly UserId Ada = new("ada");
    private static readonly Caller Asker = TestCluster.CallerOf(Team, Scout);

    [Fact]
    public async Task Order_IsTheRerankers_AndHitsShowItsScores()
    {
        var reranker = new ScriptedReranker(50) { Score = text => text == Far ? 0.9f : 0.2f };
        await using var cluster = await StartAsync(reranker);

        var answer = await cluster.RecallAsync(Asker, Question);

        Assert.Equal([Near, Far], Assert.Single(reranker.Given));
        Assert.Equal([(Far, 0.9f), (Near, 0.2f)], answer.Hits.Select(hit => (hit.Memory.Text, hit.Reranker ?? -1)));
        Assert.True(answer.Hits[0].Score > answer.Hits[1].Score);
        Assert.False(answer.Partial);
    }

    [Fact]
    public async Task Reranker_ReadsMoreThanAShardGivesForAPage_AndThePageIsCutAfterwards()
    {
        var reranker = new ScriptedReranker(50) { Score = text => text.Contains("berth 7 ", StringComparison.Ordinal) ? 1 : 0 };
        await using var cluster = await StartAsync(reranker);
        var drafts = Enumerable.Range(1, 45).Select(i => TestCluster.Draft($"The lighthouse keeper saw berth {i} empty.") with { Kind = MemoryKind.Event });
        await cluster.RememberManyAsync(Team, Scout, drafts);

        var answer = await cluster.RecallAsync(Asker, "lighthouse", k: 1);

        Assert.Equal(47, Assert.Single(reranker.Given).Length);
        Assert.Contains("berth 7 ", Assert.Single(answer.Hits).Memory.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CandidatesBeyondItsNumber_KeepTheirOrderBehind()
    {
        var reranker = new ScriptedReranker(1) { Score = _ => -5 };
        await using var cluster = await StartAsync(reranker);

        var answer = await cluster.RecallAsync(Asker, Question);

        Assert.Equal([Near], Assert.Single(reranker.Given));
        Assert.Equal([(Near, -5f), (Far, null)], answer.Hits.Select(hit => (hit.Memory.Text, hit.Reranker)));
        Assert.True(answer.Hits[0].Score >= answer.Hits[1].Score);
    }

    [Theory]
    [InlineData("refuses")]
    [InlineData("is cancelled")]
    [InlineData("gives no number")]
    public async Task RerankerThatFails_LeavesTheFusedOrder_AndAWholeAnswer(string how)
    {
        var reranker = new ScriptedReranker(50) { Score = text => text == Far ? 0.9f : how == "gives no number" ? float.NaN : 0.2f };
        reranker.Before = () => how switch
        {
            "refuses" => Task.FromException(new RerankerException("down")),
            "is cancelled" => Task.FromException(new OperationCanceledException()),
            _ => Task.CompletedTask,
        };
        await using var cluster = await StartAsync(reranker);

        AssertFused(await cluster.RecallAsync(Asker, Question));

        Assert.Single(reranker.Given);
    }

    [Fact]
    public async Task RerankerThatIsLate_AndHeedsNoToken_IsNotWaitedFor()
    {
        var never = new TaskCompletionSource();
        var reranker = new ScriptedReranker(50) { Timeout = TimeSpan.FromMilliseconds(20), Before = () => never.Task };
        await using var cluster = await StartAsync(reranker);

        AssertFused(await cluster.RecallAsync(Asker, Question));

        never.SetResult();
    }

    [Fact]
    public async Task WhatTheCallerMayNotSee_NeverLeavesForTheReranker()
    {
        var reranker = new ScriptedReranker(50);
        await using var cluster = await StartAsync(reranker);
        var other = new TeamId("others");
        await cluster.PutTeamAsync(other, Mason);
        await cluster.Directory.GrantAsync(new AccessEdge.UserAgent(Ada, Scout), default);
        await cluster.RememberAsync(Team, Scout, TestCluster.Draft("The lighthouse vault opens at nine.", Visibility.Private, Ada));
        await cluster.RememberAsync(other, Mason, TestCluster.Draft("The lighthouse key is under the mat."));
        await cluster.RememberAsync(other, Mason, TestCluster.Draft("The lighthouse stairs are slippery.", Visibility.Shared));

        await cluster.RecallAsync(Asker, Question);

        Assert.Equivalent(new[] { Near, Far, "The lighthouse stairs are slippery." }, Assert.Single(reranker.Given), strict: true);
    }

    [Fact]
    public async Task RightThatEndsWhileTheRerankerReads_IsNoLongerAnswered()
    {
        const string secret = "The lighthouse vault opens at nine.";
        var reranker = new ScriptedReranker(50);
        await using var cluster = await StartAsync(reranker);
        var edge = new AccessEdge.UserAgent(Ada, Scout);
        await cluster.Directory.GrantAsync(edge, default);
        await cluster.RememberAsync(Team, Scout, TestCluster.Draft(secret, Visibility.Private, Ada));
        reranker.Before = () => cluster.Directory.RevokeAsync(edge, default);

        var answer = await cluster.RecallAsync(TestCluster.CallerOf(Team, Scout, Ada), "When does the lighthouse vault open?");

        Assert.Contains(secret, Assert.Single(reranker.Given));
        Assert.DoesNotContain(secret, answer.Hits.Select(hit => hit.Memory.Text));
    }

    private static async Task<TestCluster> StartAsync(ScriptedReranker reranker)
    {
        var cluster = await TestCluster.StartAsync(services => services.AddSingleton<IReranker>(reranker));
        await cluster.PutTeamAsync(Team, Scout);
        await cluster.RememberAsync(Team, Scout, TestCluster.Draft(Near));
        await cluster.RememberAsync(Team, Scout, TestCluster.Draft(Far));
        return cluster;
    }

    private static void AssertFused(RecallAnswer answer)
    {
        Assert.Equal([(Near, null), (Far, null)], answer.Hits.Select(hit => (hit.Memory.Text, hit.Reranker)));
        Assert.False(answer.Partial);
    }
}
