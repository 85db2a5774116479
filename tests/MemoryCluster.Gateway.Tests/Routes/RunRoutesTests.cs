using MemoryCluster.Gateway.Tests.Running;

namespace MemoryCluster.Gateway.Tests.Routes;

public sealed class RunRoutesTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Run_IsKept_DecidedOn_AndRemembered()
    {
        await _gateway.PutTeamAsync("runs", "ada", "ben");

        var accepted = await SubmitAsync("runs", "The reactor of plant 12 is cooled with molten salt.");
        var run = await _gateway.Admin.GetAsync<RunResponse>($"/api/v1/runs/{accepted.RunId}");

        var decision = Assert.Single(run.Decisions);
        Assert.Equal(accepted.Decisions, run.Decisions);
        Assert.Equal((0, MemoryKind.Step), (decision.Step, decision.Kind));
        Assert.Equal(("runs", "ada", "Which coolant has plant 12?", "s-1"), (run.Team, run.Agent, run.Task, run.ConfigHash));
        Assert.Equal([5L], run.Seeds);
        Assert.Equal(("ben", "search", "The reactor of plant 12 is cooled with molten salt."), (run.Steps[0].Agent, run.Steps[0].Tool, run.Steps[0].Output));
        Assert.Equal((1.0, true), (run.Outcome.Reward, run.Outcome.Correct));
        Assert.Equal((32, 32), (run.ContextHash.Length, run.OutputHash.Length));
    }

    [Fact]
    public async Task AskedAgain_TheAnswerIsFound_AndItsCertificateHolds()
    {
        await _gateway.PutTeamAsync("again", "ada", "ben");
        var stored = await StoredAsync("again");
        var other = await SubmitAsync("again", "The reactor of plant 12 is cooled with molten salt.");

        var memory = await _gateway.Admin.GetAsync<MemoryResponse>($"/api/v1/memories/{stored.MemoryId}");
        var certificate = await _gateway.Admin.GetAsync<CertificateResponse>($"/api/v1/memories/{stored.MemoryId}/certificate");

        Assert.Equal(MemoryKind.Step, memory.Kind);
        Assert.Contains("molten salt", memory.Text, StringComparison.Ordinal);
        Assert.True(certificate.Holds);
        Assert.Contains(certificate.Decision.Evidence, pair => pair.RunId == other.RunId && !pair.Own && pair.Difference > 0);
        Assert.Equal(certificate.Replayed, certificate.Decision.Evidence.Count);
        Assert.Equal("evidence", certificate.Replayer);
    }

    [Fact]
    public async Task Decisions_ComeNewestFirst_InPages()
    {
        await _gateway.PutTeamAsync("paged", "ada", "ben");
        for (var plant = 1; plant <= 3; plant++)
        {
            await SubmitAsync("paged", $"The reactor of plant {plant} is cooled with water.", $$"""{"plant":{{plant}}}""");
        }

        var first = await _gateway.Admin.GetAsync<DecisionListResponse>("/api/v1/controller/decisions?team=paged&limit=2");
        var second = await _gateway.Admin.GetAsync<DecisionListResponse>($"/api/v1/controller/decisions?team=paged&limit=2&cursor={first.NextCursor}");

        Assert.Equal((2, 1), (first.Items.Count, second.Items.Count));
        Assert.Null(second.NextCursor);
        string[] ids = [.. first.Items.Concat(second.Items).Select(item => item.Id)];
        Assert.Equal(ids.OrderDescending(StringComparer.Ordinal), ids);
        Assert.All(first.Items, item => Assert.Equal(1, item.Features["bias"]));
        Assert.All(first.Items, item => Assert.InRange(item.Propensity, double.Epsilon, 1));
    }

    [Fact]
    public async Task Repetition_UnderItsKey_IsOneRun()
    {
        await _gateway.PutTeamAsync("repeated", "ada", "ben");
        var json = Json("repeated", "Plant 9 burns gas.", """{"plant":9}""");

        var first = await _gateway.Admin.SendAsync("POST", "/api/v1/runs", json, ("Idempotency-Key", "run-9"));
        var second = await _gateway.Admin.SendAsync("POST", "/api/v1/runs", json, ("Idempotency-Key", "run-9"));
        var other = await _gateway.Admin.SendAsync("POST", "/api/v1/runs", Json("repeated", "Plant 9 burns coal.", "{}"), ("Idempotency-Key", "run-9"));

        Assert.Equal((201, 201), (first.Status, second.Status));
        Assert.Equal(first.Text, second.Text);
        other.Refused(422, "idempotency_mismatch");
        Assert.Equal(1, (await _gateway.Admin.GetAsync<ControllerTeamResponse>("/api/v1/controller/teams/repeated")).Runs);
    }

    [Fact]
    public async Task DeletedMemory_LeavesNoTextInItsRun()
    {
        await _gateway.PutTeamAsync("erased", "ada", "ben");
        var stored = await StoredAsync("erased");

        Assert.Equal(200, (await _gateway.Admin.SendAsync("DELETE", $"/api/v1/memories/{stored.MemoryId}")).Status);

        var run = await _gateway.Admin.SendAsync("GET", $"/api/v1/runs/{stored.RunId}");
        Assert.Equal(200, run.Status);
        Assert.DoesNotContain("molten salt", run.Text, StringComparison.Ordinal);
        Assert.True(run.As<RunResponse>().Steps[0].Erased);
        (await _gateway.Admin.SendAsync("GET", $"/api/v1/memories/{stored.MemoryId}/certificate")).Refused(404, "memory_not_found");
    }

    [Fact]
    public async Task ForgottenRun_IsGone_WithWhatItTaught()
    {
        await _gateway.PutTeamAsync("forgotten", "ada", "ben");
        var stored = await StoredAsync("forgotten");

        var forgot = await _gateway.Admin.SendAsync("POST", "/api/v1/forget", $$"""{"team":"forgotten","run":"{{stored.RunId}}"}""");

        Assert.Equal(1, forgot.As<ForgetResponse>().Deleted);
        (await _gateway.Admin.SendAsync("GET", $"/api/v1/runs/{stored.RunId}")).Refused(404, "run_not_found");
        (await _gateway.Admin.SendAsync("GET", $"/api/v1/memories/{stored.MemoryId}")).Refused(404, "memory_not_found");
        // of runs before it, of which the gate kept nothing, the decisions stay
        var decisions = (await _gateway.Admin.GetAsync<DecisionListResponse>("/api/v1/controller/decisions?team=forgotten")).Items;
        Assert.DoesNotContain(decisions, decision => decision.RunId == stored.RunId);
    }

    [Fact]
    public async Task RunOfAnotherTeam_LooksLikeNone()
    {
        await _gateway.PutTeamAsync("own", "ada", "ben");
        await _gateway.PutTeamAsync("foreign", "ada", "ben");
        var run = (await SubmitAsync("own", "Plant 3 runs on wind.")).RunId;
        var stranger = _gateway.Client(await _gateway.KeyAsync(KeyScopes.Read, team: "foreign", agent: "ada"));

        var forbidden = (await stranger.SendAsync("GET", $"/api/v1/runs/{run}")).Refused(404, "run_not_found");
        var absent = (await stranger.SendAsync("GET", "/api/v1/runs/my-own-name")).Refused(404, "run_not_found");

        Assert.Equal(absent.Detail, forbidden.Detail);
        (await stranger.SendAsync("GET", "/api/v1/controller/decisions?team=own")).Refused(403, "principal_mismatch");
    }

    [Theory]
    [InlineData("\"steps\":[]", "steps_empty")]
    [InlineData("\"steps\":[{\"summary\":\" \",\"output\":\"x\"}]", "text_empty")]
    [InlineData("\"steps\":[{\"summary\":\"a\",\"output\":\"b\",\"erased\":true}]", "member_unknown")]
    [InlineData("\"steps\":[{\"summary\":\"a\",\"output\":\"b\",\"admit\":\"sometimes\"}]", "value_unknown")]
    [InlineData("\"steps\":[{\"summary\":\"a\",\"output\":\"b\",\"agent\":\"a/b\"}]", "id_invalid")]
    [InlineData("\"steps\":[{\"summary\":\"a\",\"output\":\"b\"}],\"evaluation\":{\"replayer\":\"oracle\"}", "replayer_unknown")]
    [InlineData("\"steps\":[{\"summary\":\"a\",\"output\":\"b\\u200b\"}]", "text_forbidden")]
    public async Task UnsoundRun_IsRefused_WithItsCode(string members, string code)
    {
        await _gateway.PutTeamAsync("refused", "ada");

        var answer = await _gateway.Admin.SendAsync(
            "POST", "/api/v1/runs", $$"""{"team":"refused","agent":"ada","task":"t","input":"",{{members}},"outcome":{"reward":1} }""");

        answer.Refused(400, code);
    }

    [Fact]
    public async Task RewardOutOfRange_AndAgentOfNoTeam_AreRefused()
    {
        await _gateway.PutTeamAsync("ranges", "ada");
        const string Steps = """{"team":"ranges","agent":"ada","task":"t","input":"","steps":[{"summary":"a","output":"b","agent":"zoe"}],""";

        (await _gateway.Admin.SendAsync("POST", "/api/v1/runs", Steps + "\"outcome\":{\"reward\":1.5}}")).Refused(400, "value_out_of_range");
        (await _gateway.Admin.SendAsync("POST", "/api/v1/runs", Steps + "\"outcome\":{\"reward\":1}}")).Refused(404, "agent_not_found");
        Assert.Equal(0, (await _gateway.Admin.GetAsync<ControllerTeamResponse>("/api/v1/controller/teams/ranges")).Runs);
    }

    // The gate may drop a step, by chance too: the first that is kept will do.
    private async Task<(string RunId, string MemoryId)> StoredAsync(string team)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var accepted = await SubmitAsync(team, "The reactor of plant 12 is cooled with molten salt.");
            if (accepted.Decisions.FirstOrDefault(decision => decision.MemoryId is not null && decision.Decision != Decision.Merged) is { } kept)
            {
                return (accepted.RunId, kept.MemoryId!);
            }
        }

        throw new InvalidOperationException("Twenty runs were submitted and nothing of them was kept.");
    }

    private async Task<RunAcceptedResponse> SubmitAsync(string team, string output, string input = """{"plant":12}""")
    {
        var answer = await _gateway.Admin.SendAsync("POST", "/api/v1/runs", Json(team, output, input));
        Assert.True(answer.Status == 201, answer.Text);
        return answer.As<RunAcceptedResponse>();
    }

    private static string Json(string team, string output, string input) => $$"""
        {"team":"{{team}}","agent":"ada","task":"Which coolant has plant 12?","input":"","domain":"plants","seeds":[5],"configHash":"s-1",
         "steps":[{"agent":"ben","summary":"Look up the coolant","input":{{System.Text.Json.JsonSerializer.Serialize(input)}},"output":"{{output}}","tool":"search"}],
         "outcome":{"reward":1,"correct":true} }
        """;
}
