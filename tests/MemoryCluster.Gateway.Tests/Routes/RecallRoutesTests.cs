using MemoryCluster.Gateway.Tests.Running;
using MemoryCluster.TestKit.Clusters;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryCluster.Gateway.Tests.Routes;

public sealed class RecallRoutesTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Recall_SeesTheWriteThatMinSeqNames_AndShowsTheHit()
    {
        await _gateway.PutTeamAsync("recalls", "ada");
        await _gateway.Admin.RememberAsync("recalls", "ada", "The library closes on Mondays.");
        var written = await _gateway.Admin.RememberAsync(
            "recalls", "ada", "Bridges expand in summer heat.", "\"tags\":[\"bridge\"],\"source\":{\"session\":\"s\",\"turn\":\"D1:3\"}");

        var answer = await _gateway.Admin.SendAsync(
            "POST", "/api/v1/recall", $$"""{"team":"recalls","agent":"ada","query":"why do bridges expand","minSeq":{{written.Seq}}}""");
        var recall = answer.As<RecallResponse>();

        Assert.Equal(200, answer.Status);
        Assert.Equal((false, 1, 1), (recall.Partial, recall.ShardsAsked, recall.ShardsAnswered));
        Assert.Equal(("Bridges expand in summer heat.", "recalls", "ada"), (recall.Hits[0].Text, recall.Hits[0].Team, recall.Hits[0].Agent));
        Assert.Contains("""source":{"session":"s","turn":"D1:3"}""", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("scores", answer.Text, StringComparison.Ordinal);
        Assert.True(recall.TookMs > 0);
    }

    [Fact]
    public async Task Explain_ShowsTheChannels()
    {
        await _gateway.PutTeamAsync("explains", "ada");
        await _gateway.Admin.RememberAsync("explains", "ada", "Tides follow the moon.");

        var answer = await _gateway.Admin.SendAsync(
            "POST", "/api/v1/recall", """{"team":"explains","agent":"ada","query":"tides and the moon","explain":true,"k":1,"scope":["team"],"kinds":["fact"]}""");

        var scores = Assert.Single(answer.As<RecallResponse>().Hits).Scores!;
        Assert.True(scores.Lexical > 0 && scores.Vector > 0, answer.Text);
        Assert.DoesNotContain("\"reranker\":", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_ShowsTheReranker_WhereThereIsOne()
    {
        var reranker = new ScriptedReranker(50) { Score = text => text.StartsWith("Salt", StringComparison.Ordinal) ? 0.75f : 0.25f };
        await using var gateway = await RunningGateway.StartAsync(replace: services => services.AddSingleton<IReranker>(reranker));
        await gateway.PutTeamAsync("reranked", "ada");
        await gateway.Admin.RememberAsync("reranked", "ada", "Tides follow the moon.");
        await gateway.Admin.RememberAsync("reranked", "ada", "Salt makes the sea heavy.");

        var explained = await gateway.Admin.SendAsync(
            "POST", "/api/v1/recall", """{"team":"reranked","agent":"ada","query":"tides and the moon","explain":true}""");
        var plain = await gateway.Admin.SendAsync("POST", "/api/v1/recall", """{"team":"reranked","agent":"ada","query":"tides and the moon"}""");

        var hits = explained.As<RecallResponse>().Hits;
        Assert.Equal([("Salt makes the sea heavy.", 0.75f), ("Tides follow the moon.", 0.25f)], hits.Select(hit => (hit.Text, hit.Scores!.Reranker ?? -1)));
        Assert.Equal(hits.Select(hit => hit.Id), plain.As<RecallResponse>().Hits.Select(hit => hit.Id));
        Assert.DoesNotContain("\"reranker\":", plain.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOutcome_ShowsInTheMemory_UnderTheStageOfItsRecall()
    {
        await _gateway.PutTeamAsync("stages", "ada");
        await _gateway.Admin.RememberAsync("stages", "ada", "Lichen grows slowly on granite.");
        var recall = (await _gateway.Admin.SendAsync("POST", "/api/v1/recall", """{"team":"stages","agent":"ada","query":"lichen","stage":"draft"}"""))
            .As<RecallResponse>();
        var path = $"/api/v1/memories/{recall.Hits[0].Id}";
        var before = await _gateway.Admin.GetAsync<MemoryResponse>(path);

        await _gateway.Admin.SendAsync("POST", $"/api/v1/recalls/{recall.RecallId}/outcome", """{"reward":1}""");

        var after = await _gateway.Admin.GetAsync<MemoryResponse>(path);
        Assert.Null(before.Utility);
        Assert.Equal((1, 1.0, 0.5), (after.Utility!.Successes, after.Utility.MeanReward, after.Utility.Credit));
        Assert.Equal(("draft", 0.55, 1), Assert.Single(after.Utility.Stages!) is var stage ? (stage.Stage, stage.Value, stage.Uses) : default);
        Assert.True(after.Weight > before.Weight);
        (await _gateway.Admin.SendAsync("POST", "/api/v1/recall", $$"""{"team":"stages","agent":"ada","query":"lichen","stage":"{{new string('x', 65)}}"}"""))
            .Refused(400, "text_too_long");
    }

    [Fact]
    public async Task AnOutcomeThatNamesItsRun_IsSplitByReplay_AndSaysSo()
    {
        await _gateway.PutTeamAsync("measured", "ada");
        await _gateway.Admin.RememberAsync("measured", "ada", "The ferry to Visby leaves at nine from pier four.");
        await _gateway.Admin.RememberAsync("measured", "ada", "Visby has old walls.");
        var run = (await _gateway.Admin.SendAsync(
            "POST", "/api/v1/runs",
            """
            {"team":"measured","agent":"ada","task":"Book a crossing","input":"","outcome":{"reward":1},"steps":[
              {"agent":"ada","summary":"When does the ferry to Visby leave?","output":"The ferry to Visby leaves at nine from pier four.","admit":"never"}]}
            """)).As<RunAcceptedResponse>().RunId;
        var recall = (await _gateway.Admin.SendAsync("POST", "/api/v1/recall", """{"team":"measured","agent":"ada","query":"Visby ferry"}"""))
            .As<RecallResponse>();
        var path = $"/api/v1/recalls/{recall.RecallId}/outcome";

        (await _gateway.Admin.SendAsync("POST", path, """{"reward":1,"run":".."}""")).Refused(400, "id_invalid");
        Assert.Equal(202, (await _gateway.Admin.SendAsync("POST", path, $$"""{"reward":1,"run":"{{run}}"}""")).Status);

        var ferry = await FindAsync("The ferry");
        var walls = await FindAsync("Visby");
        Assert.Equal((1, 1), (ferry.Utility!.Replayed, walls.Utility!.Replayed));
        Assert.True(ferry.Utility.Credit > 0.5 && walls.Utility.Credit == 0, $"{ferry.Utility.Credit} {walls.Utility.Credit}");

        Task<MemoryResponse> FindAsync(string start) => _gateway.Admin.GetAsync<MemoryResponse>(
            $"/api/v1/memories/{recall.Hits.Single(hit => hit.Text.StartsWith(start, StringComparison.Ordinal)).Id}");
    }

    [Fact]
    public async Task AnOutcome_CountsOnce_AndAnUnknownRecallIs404()
    {
        await _gateway.PutTeamAsync("outcomes", "ada");
        await _gateway.Admin.RememberAsync("outcomes", "ada", "Moss grows on the north side.");
        var recall = (await _gateway.Admin.SendAsync("POST", "/api/v1/recall", """{"team":"outcomes","agent":"ada","query":"moss"}""")).As<RecallResponse>();
        var path = $"/api/v1/recalls/{recall.RecallId}/outcome";
        var json = $$"""{"reward":1,"used":["{{recall.Hits[0].Id}}"],"tokens":812,"latencyMs":12.5}""";

        var stranger = _gateway.Client(await _gateway.KeyAsync(KeyScopes.Write));
        (await stranger.SendAsync("POST", path, json)).Refused(404, "recall_not_found");
        var first = await _gateway.Admin.SendAsync("POST", path, json);
        var second = await _gateway.Admin.SendAsync("POST", path, json);

        Assert.Equal((202, 202), (first.Status, second.Status));
        Assert.Equal(1, (await _gateway.Admin.GetAsync<MemoryResponse>($"/api/v1/memories/{recall.Hits[0].Id}")).Uses);
        Assert.Equal(1, (await _gateway.Admin.GetAsync<TeamResponse>("/api/v1/teams/outcomes")).Outcomes);
        (await _gateway.Admin.SendAsync("POST", path.Replace(recall.RecallId, "019cc000-0000-7000-8000-00000000ffff", StringComparison.Ordinal), json))
            .Refused(404, "recall_not_found");
    }

    [Fact]
    public async Task AccessEdges_GateWhatIsSeen_AtOnce()
    {
        await _gateway.PutTeamAsync("edges", "ada");
        await _gateway.Admin.RememberAsync("edges", "ada", "The vault code is in the ledger.", "\"resources\":[\"ledger\"]");

        async Task<int> HitsAsync() =>
            (await _gateway.Admin.SendAsync("POST", "/api/v1/recall", """{"team":"edges","agent":"ada","query":"vault code"}""")).As<RecallResponse>().Hits.Count;

        Assert.Equal(0, await HitsAsync());
        Assert.Equal(204, (await _gateway.Admin.SendAsync("PUT", "/api/v1/access/agents/ada/resources/ledger")).Status);
        Assert.Equal(1, await HitsAsync());
        Assert.Equal(204, (await _gateway.Admin.SendAsync("DELETE", "/api/v1/access/agents/ada/resources/ledger")).Status);
        Assert.Equal(0, await HitsAsync());
        Assert.Equal(204, (await _gateway.Admin.SendAsync("PUT", "/api/v1/access/users/eve/agents/ada")).Status);
        Assert.Equal(204, (await _gateway.Admin.SendAsync("DELETE", "/api/v1/access/users/eve/agents/ada")).Status);
    }
}
