using MemoryCluster.Contract;
using static MemoryCluster.Client.Tests.FakeServer;

namespace MemoryCluster.Client.Tests;

public sealed class MemoryClusterClientRouteTests
{
    public static TheoryData<string, string?, string, int, Func<MemoryClusterClient, Task>> Calls => new()
    {
        { "PUT /api/v1/teams/t", """{"domain":"d","description":"more"}""", Answers.Team, 201, c => c.Team("t").PutAsync("d", "more") },
        { "GET /api/v1/teams/t", null, Answers.Team, 200, c => c.Team("t").GetAsync() },
        { "GET /api/v1/teams", null, $$"""{"teams":[{{Answers.Team}}]}""", 200, c => c.ListTeamsAsync() },
        { "PUT /api/v1/teams/t/agents/a%40b", """{"role":"r"}""", Answers.Agent, 200, c => c.Team("t").AddAgentAsync("a@b", "r") },
        { "PUT /api/v1/access/users/u/agents/a", null, "", 204, c => c.GrantAgentAsync("u", "a") },
        { "DELETE /api/v1/access/users/u/agents/a", null, "", 204, c => c.RevokeAgentAsync("u", "a") },
        { "PUT /api/v1/access/agents/a/resources/r%3A1", null, "", 204, c => c.GrantResourceAsync("a", "r:1") },
        { "DELETE /api/v1/access/agents/a/resources/r", null, "", 204, c => c.RevokeResourceAsync("a", "r") },
        { "POST /api/v1/keys", """{"name":"n","scopes":["read","write"]}""", """{"id":"k1","key":"secret"}""", 201,
            c => c.CreateKeyAsync(new CreateKeyRequest { Name = "n", Scopes = [KeyScopes.Read, KeyScopes.Write] }) },
        { "DELETE /api/v1/keys/k1", null, "", 204, c => c.DeleteKeyAsync("k1") },
        { "POST /api/v1/memories", """{"team":"t","agent":"a","text":"x","kind":"lesson"}""", Answers.Remembered, 201,
            c => c.Agent("t", "a").RememberAsync("x", MemoryKind.Lesson) },
        { "POST /api/v1/memories/batch", """{"items":[{"team":"t","agent":"a","text":"x","user":"u"}]}""",
            """{"results":[{"status":201,"id":"m1","decision":"admitted","reason":"new","version":1,"seq":7}]}""", 200,
            c => c.Agent("t", "a").For("u").RememberManyAsync([new RememberRequest { Text = "x" }]) },
        { "GET /api/v1/memories/m1", null, Answers.Memory("m1"), 200, c => c.GetMemoryAsync("m1") },
        { "GET /api/v1/memories/m1/history", null, """{"id":"m1","versions":[]}""", 200, c => c.GetHistoryAsync("m1") },
        { "PATCH /api/v1/memories/m1", """{"text":"y"}""", Answers.Memory("m1"), 200,
            c => c.PatchMemoryAsync("m1", 1, new PatchMemoryRequest { Text = "y" }) },
        { "DELETE /api/v1/memories/m1?cascade=derived", null, Answers.Deleted, 200, c => c.DeleteMemoryAsync("m1") },
        { "POST /api/v1/forget", """{"team":"t","run":"r"}""", Answers.Forgotten, 200,
            c => c.Team("t").ForgetAsync(new ForgetRequest { Run = "r" }) },
        { "POST /api/v1/recall", """{"team":"t","agent":"a","query":"q","k":5,"channels":["lexical"]}""", Answers.Recalled, 200,
            c => c.Agent("t", "a").RecallAsync(new RecallRequest { Query = "q", K = 5, Channels = [RecallChannels.Lexical] }) },
        { "POST /api/v1/recalls/r1/outcome", """{"reward":0.5,"used":["m1"]}""", "", 202,
            c => c.ReportOutcomeAsync("r1", new OutcomeRequest { Reward = 0.5, Used = ["m1"] }) },
        { "POST /api/v1/runs", """{"team":"t","agent":"a","task":"q","input":"","steps":[{"summary":"s","output":"o"}],"outcome":{"reward":1}}""",
            """{"runId":"r1","decisions":[]}""", 201,
            c => c.SubmitRunAsync(new RunRequest
            {
                Team = "t", Agent = "a", Task = "q", Input = "", Steps = [new RunStepBody { Summary = "s", Output = "o" }],
                Outcome = new RunOutcomeBody { Reward = 1 },
            }) },
        { "GET /api/v1/memories/m1/certificate", null, Answers.Certificate, 200, c => c.GetCertificateAsync("m1") },
        { "POST /api/v1/memories/m1/certificate/rerun", null,
            """{"memoryId":"m1","replayer":"agents","recorded":0,"replays":[],"tolerance":0.05,"verdictAgrees":true,"holds":true}""", 200,
            c => c.RerunCertificateAsync("m1") },
        { "PUT /api/v1/replayers/agents", """{"url":"https://agents.example.org/","secret":"0123456789abcdef"}""", Answers.Replayer, 201,
            c => c.PutReplayerAsync("agents", new PutReplayerRequest { Url = "https://agents.example.org/", Secret = "0123456789abcdef" }) },
        { "GET /api/v1/replayers/agents", null, Answers.Replayer, 200, c => c.GetReplayerAsync("agents") },
        { "GET /api/v1/replayers", null, $$"""{"replayers":[{{Answers.Replayer}}]}""", 200, async c => Assert.Single(await c.ListReplayersAsync()) },
        { "DELETE /api/v1/replayers/agents", null, "", 204, c => c.DeleteReplayerAsync("agents") },
        { "GET /api/v1/controller/decisions?team=t", null, """{"items":[]}""", 200, async c => { await foreach (var _ in c.ListDecisionsAsync("t")) { } } },
        { "GET /api/v1/teams/t/timeline?entity=Marie%20Curie&from=2026-01-01T00%3A00%3A00.0000000%2B00%3A00&level=1&limit=9", null,
            """{"items":[],"hasMore":false}""", 200,
            c => c.Team("t").GetTimelineAsync(
                new TimelineFilter { Entity = "Marie Curie", From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), Level = 1, Limit = 9 }) },
        { "GET /api/v1/memories/m1/lineage", null, """{"id":"m1","saidAgain":[],"from":[],"became":[],"hasMore":false}""", 200, c => c.GetLineageAsync("m1") },
        { "POST /api/v1/controller/teams/t/diffuse", null, """{"items":[]}""", 200, c => c.DiffuseAsync("t") },
        { "GET /api/v1/controller/diffusions?team=t&limit=7", null, """{"items":[]}""", 200, c => c.ListDiffusionsAsync("t", 7) },
        { "POST /api/v1/controller/teams/t/consolidate", null,
            """{"team":"t","examined":0,"remaining":0,"merged":[],"abstracted":[],"superseded":[]}""", 200, c => c.ConsolidateAsync("t") },
        { "POST /api/v1/controller/teams/t/consolidations/c1/undo", null,
            """{"id":"c1","reason":"covered","by":"m1","memories":[],"similarity":1}""", 200, c => c.UndoConsolidationAsync("t", "c1") },
        { "GET /api/v1/controller/consolidations?team=t", null, """{"items":[]}""", 200, async c => { await foreach (var _ in c.ListConsolidationsAsync("t")) { } } },
        { "GET /healthz/ready", null, """{"status":"ready"}""", 200, async c => Assert.True(await c.IsReadyAsync()) },
        { "GET /healthz/live", null, "", 503, async c => Assert.False(await c.IsLiveAsync()) },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_IsTheContractsRequest(string line, string? body, string answer, int status, Func<MemoryClusterClient, Task> call)
    {
        await using var server = await StartAsync(Json(answer, status));
        using var client = new MemoryClusterClient(server.Url, "the-key");

        await call(client);

        var seen = Assert.Single(server.Seen);
        Assert.Equal((line, body ?? "", "Bearer the-key"), (seen.Line, seen.Body, seen.Authorization));
    }

    [Fact]
    public async Task Writes_CarryAnIdempotencyKeyAndPatchesTheirVersion()
    {
        await using var server = await StartAsync(
            Json(Answers.Remembered), Json(Answers.Remembered), Json(Answers.Memory("m1")), Json(Answers.Deleted), Json(Answers.Remembered));
        using var client = new MemoryClusterClient(server.Url, "k");
        var memory = client.Agent("t", "a");

        await memory.RememberAsync("x");
        await memory.RememberAsync("x");
        await client.PatchMemoryAsync("m1", 3, new PatchMemoryRequest { Tags = [] });
        await client.DeleteMemoryAsync("m1");
        await memory.RememberAsync(new RememberRequest { Text = "x" }, "mine");

        var keys = server.Seen.Select(request => request.IdempotencyKey).ToArray();
        Assert.All(keys[..4], key => Assert.Matches("^[0-9a-f]{32}$", key));
        Assert.Equal(5, keys.Distinct().Count());
        Assert.Equal("mine", keys[4]);
        Assert.Equal("\"3\"", server.Seen[2].IfMatch);
    }

    [Fact]
    public async Task Recall_AsksForTheAgentsOwnLatestWrite()
    {
        await using var server = await StartAsync(Json(Answers.Recalled), Json(Answers.Remembered), Json(Answers.Recalled));
        using var client = new MemoryClusterClient(server.Url, "k");
        var memory = client.Agent("t", "a");

        await memory.RecallAsync("q");
        await memory.For("u").RememberAsync("x");
        await memory.RecallAsync("q");

        Assert.DoesNotContain("minSeq", server.Seen[0].Body, StringComparison.Ordinal);
        Assert.Contains("\"minSeq\":7", server.Seen[2].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_GoesThroughThePages()
    {
        await using var server = await StartAsync(
            Json($$"""{"items":[{{Answers.Memory("m1")}},{{Answers.Memory("m2")}}],"nextCursor":"c/1"}"""),
            Json($$"""{"items":[{{Answers.Memory("m3")}}]}"""));
        using var client = new MemoryClusterClient(server.Url, "k");

        var ids = new List<string>();
        await foreach (var memory in client.Team("t").ListAsync(new MemoryFilter { Kind = MemoryKind.Fact, Tag = "a b", PageSize = 2 }))
            ids.Add(memory.Id);

        Assert.Equal(["m1", "m2", "m3"], ids);
        Assert.Equal(
            ["GET /api/v1/memories?team=t&kind=fact&tag=a%20b&limit=2", "GET /api/v1/memories?team=t&kind=fact&tag=a%20b&limit=2&cursor=c%2F1"],
            server.Seen.Select(request => request.Line));
    }

    [Fact]
    public async Task Client_OverTheCallersConnections_LeavesThemOpen()
    {
        await using var server = await StartAsync(Json(Answers.Team), Json("still here"));
        using var http = new HttpClient { BaseAddress = new Uri(server.Url, "/") };
        using (var client = new MemoryClusterClient(http))
            await client.GetTeamAsync("t");

        Assert.Equal("still here", await http.GetStringAsync(new Uri("/", UriKind.Relative)));
        Assert.Null(server.Seen[0].Authorization);
    }
}
