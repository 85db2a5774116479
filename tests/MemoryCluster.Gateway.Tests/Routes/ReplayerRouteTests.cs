using MemoryCluster.Gateway.Tests.Running;
using MemoryCluster.TestKit.Clusters;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryCluster.Gateway.Tests.Routes;

public sealed class ReplayerRouteTests : IAsyncLifetime
{
    private const string Secret = "0123456789abcdef-secret";
    private const string Agents = $$"""{"url":"https://agents.example.org/replay","secret":"{{Secret}}"}""";

    private readonly ScriptedReplayer _replayer = new();
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync() =>
        _gateway = await RunningGateway.StartAsync(replace: services => services.AddSingleton(new ReplayerSet(_replayer, null)));

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Replayer_IsPut_Shown_Changed_AndEnded_AndNoAnswerHoldsItsSecret()
    {
        var made = await _gateway.Admin.SendAsync("PUT", "/api/v1/replayers/agents", Agents);
        var again = await _gateway.Admin.SendAsync("PUT", "/api/v1/replayers/agents", Agents);
        var changed = await _gateway.Admin.SendAsync("PUT", "/api/v1/replayers/agents", Agents.Replace("/replay", "/v2", StringComparison.Ordinal));
        var one = await _gateway.Admin.SendAsync("GET", "/api/v1/replayers/agents");
        var list = await _gateway.Admin.SendAsync("GET", "/api/v1/replayers");
        var ended = await _gateway.Admin.SendAsync("DELETE", "/api/v1/replayers/agents");

        Assert.Equal((201, 200, 200, 200, 200, 204), (made.Status, again.Status, changed.Status, one.Status, list.Status, ended.Status));
        Assert.Equal(made.Text, again.Text);
        Assert.Equal(("agents", "https://agents.example.org/v2"), (one.As<ReplayerResponse>().Name, one.As<ReplayerResponse>().Url));
        Assert.Equal(one.As<ReplayerResponse>(), Assert.Single(list.As<ReplayerListResponse>().Replayers));
        Assert.All(new[] { made, again, changed, one, list }, answer => Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal));
        (await _gateway.Admin.SendAsync("GET", "/api/v1/replayers/agents")).Refused(404, "replayer_not_found");
        (await _gateway.Admin.SendAsync("DELETE", "/api/v1/replayers/agents")).Refused(404, "replayer_not_found");
    }

    [Theory]
    [InlineData("agents", """{"url":"http://agents.example.org/","secret":"0123456789abcdef"}""", "url_invalid")]
    [InlineData("agents", """{"url":"https://u:p@agents.example.org/","secret":"0123456789abcdef"}""", "url_invalid")]
    [InlineData("agents", """{"url":"https://169.254.169.254/latest","secret":"0123456789abcdef"}""", "url_invalid")]
    [InlineData("agents", """{"url":"https://[::ffff:10.0.0.1]/","secret":"0123456789abcdef"}""", "url_invalid")]
    [InlineData("agents", """{"url":"https://2130706433/","secret":"0123456789abcdef"}""", "url_invalid")]
    [InlineData("agents", """{"url":"https://agents.example.org/","secret":"short"}""", "secret_invalid")]
    [InlineData("agents", """{"url":"https://agents.example.org/"}""", "member_missing")]
    [InlineData("agents", """{"url":"https://agents.example.org/","secret":null}""", "member_missing")]
    [InlineData("evidence", Agents, "id_reserved")]
    [InlineData("Chat", Agents, "id_reserved")]
    [InlineData("system", Agents, "id_reserved")]
    [InlineData("a b", Agents, "id_invalid")]
    public async Task UnsoundReplayer_IsRefused(string name, string body, string code)
    {
        var answer = await _gateway.Admin.SendAsync("PUT", $"/api/v1/replayers/{Uri.EscapeDataString(name)}", body);

        answer.Refused(400, code);
        Assert.DoesNotContain("0123456789abcdef", answer.Text, StringComparison.Ordinal);
        Assert.Empty((await _gateway.Admin.GetAsync<ReplayerListResponse>("/api/v1/replayers")).Replayers);
    }

    [Fact]
    public async Task Replayers_AreTheTenantsAdminsAlone()
    {
        await _gateway.PutTeamAsync("bound", "ada");
        var bound = _gateway.Client(await _gateway.KeyAsync(KeyScopes.Admin | KeyScopes.Read, team: "bound"));
        var reader = _gateway.Client(await _gateway.KeyAsync(KeyScopes.Read | KeyScopes.Write));

        (await bound.SendAsync("PUT", "/api/v1/replayers/agents", Agents)).Refused(403, "principal_mismatch");
        (await bound.SendAsync("GET", "/api/v1/replayers")).Refused(403, "principal_mismatch");
        (await reader.SendAsync("GET", "/api/v1/replayers")).Refused(403, "scope_missing");
        (await reader.SendAsync("DELETE", "/api/v1/replayers/agents")).Refused(403, "scope_missing");
    }

    [Fact]
    public async Task Run_IsReplayedByItsReplayer_AndWhatHelpsIsAdmitted_WithACertificateThatCanBeRerun()
    {
        await _gateway.PutTeamAsync("replayed", "ada");
        await _gateway.Admin.SendAsync("PUT", "/api/v1/replayers/agents", Agents);
        var taught = await TaughtAsync("replayed");
        for (var run = 0; run < 12; run++)
        {
            await SubmitAsync("replayed", "\"admit\":\"never\",");
        }

        var report = await UntilAsync(taught.RunId, run => run.Decisions[0].Effect is { Lower: > 0.02 });
        Assert.Equal(Decision.Admitted, report.Decisions[0].Decision);
        var memory = report.Decisions[0].MemoryId!;
        var certificate = await _gateway.Admin.GetAsync<CertificateResponse>($"/api/v1/memories/{memory}/certificate");
        var rerun = (await _gateway.Admin.SendAsync("POST", $"/api/v1/memories/{memory}/certificate/rerun")).As<CertificateRerunResponse>();

        Assert.Equal((true, "agents", 0), (certificate.Holds, certificate.Replayer, certificate.Replayed));
        Assert.Equal(certificate.Decision.Evidence.Count, certificate.Evaluated);
        Assert.All(certificate.Decision.Evidence, pair => Assert.Equal(("v1", 32, 32), (pair.Version, pair.RequestWith!.Length, pair.RequestWithout!.Length)));
        Assert.All(certificate.Decision.Evidence, pair => Assert.Equal([7L], pair.Seeds!));
        Assert.Equal((true, true, certificate.Evaluated), (rerun.Holds, rerun.VerdictAgrees, rerun.Replays.Count));
        Assert.All(_replayer.Asked, asked => Assert.Equal(Secret, asked.Secret));
        var first = _replayer.Asked.GroupBy(asked => asked.Request.Id).First();
        Assert.Equal(2, first.Count());

        _replayer.Answer = request => Task.FromResult(ScriptedReplayer.Helped(request) with { Reward = 0.5 });
        var other = (await _gateway.Admin.SendAsync("POST", $"/api/v1/memories/{memory}/certificate/rerun")).As<CertificateRerunResponse>();
        Assert.Equal((false, false), (other.Holds, other.VerdictAgrees));
    }

    [Fact]
    public async Task ReplayerThatRefuses_IsNoted_AndTheMemoryStaysWhatItWas()
    {
        await _gateway.PutTeamAsync("failing", "ada");
        await _gateway.Admin.SendAsync("PUT", "/api/v1/replayers/agents", Agents);
        _replayer.Answer = _ => throw new ReplayException("status_404", "The replayer answered 404.", isTransient: false);

        var taught = await TaughtAsync("failing");
        var report = await UntilAsync(taught.RunId, run => run.ReplaysFailed is not null);

        var failure = report.ReplaysFailed![0];
        Assert.Equal(("status_404", 1, taught.RunId), (failure.Reason, failure.Attempts, failure.RunId));
        Assert.NotEqual(Decision.Quarantined, report.Decisions[0].Decision);
        Assert.Empty(report.Replays);
    }

    [Fact]
    public async Task EndedReplayer_IsUnknownToTheNextRun()
    {
        await _gateway.PutTeamAsync("ended", "ada");
        await _gateway.Admin.SendAsync("PUT", "/api/v1/replayers/agents", Agents);
        await _gateway.Admin.SendAsync("DELETE", "/api/v1/replayers/agents");

        (await _gateway.Admin.SendAsync("POST", "/api/v1/runs", Json("ended", ""))).Refused(400, "replayer_unknown");
        (await _gateway.Admin.SendAsync("POST", "/api/v1/runs", Json("ended", "").Replace("agents", "chat", StringComparison.Ordinal))).Refused(400, "replayer_unknown");
    }

    // The gate may drop a step, by chance too: the first that is kept will do.
    private async Task<RunAcceptedResponse> TaughtAsync(string team)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var accepted = await SubmitAsync(team, "");
            if (accepted.Decisions.Any(decision => decision.MemoryId is not null && decision.Decision != Decision.Merged))
            {
                return accepted;
            }
        }

        throw new InvalidOperationException("Twenty runs were submitted and nothing of them was kept.");
    }

    private async Task<RunResponse> UntilAsync(string run, Func<RunResponse, bool> isSo)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var report = await _gateway.Admin.GetAsync<RunResponse>($"/api/v1/runs/{run}");
            if (isSo(report))
            {
                return report;
            }

            late.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task<RunAcceptedResponse> SubmitAsync(string team, string members)
    {
        var answer = await _gateway.Admin.SendAsync("POST", "/api/v1/runs", Json(team, members));
        Assert.True(answer.Status == 201, answer.Text);
        return answer.As<RunAcceptedResponse>();
    }

    private static string Json(string team, string members) => $$"""
        {"team":"{{team}}","agent":"ada","task":"Which coolant has plant 12?","input":"","seeds":[7],"evaluation":{"replayer":"agents","expected":"molten salt"},
         "steps":[{ {{members}}"summary":"Look up the coolant","input":"plant 12","output":"The reactor of plant 12 is cooled with molten salt.","tool":"search"}],
         "outcome":{"reward":1,"correct":true} }
        """;
}
