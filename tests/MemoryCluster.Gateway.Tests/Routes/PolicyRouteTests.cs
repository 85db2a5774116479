using MemoryCluster.Gateway.Tests.Running;

namespace MemoryCluster.Gateway.Tests.Routes;

public sealed class PolicyRouteTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Put_ChangesWhatItNames_AndTheNextWriteObeys()
    {
        await _gateway.PutTeamAsync("policies", "ada");
        const string path = "/api/v1/controller/teams/policies/policy";

        var first = await _gateway.Admin.SendAsync(
            "PUT", path, """{"ifVersion":1,"wordsMin":3,"forgetting":{"unitDays":7.5,"immuneKinds":["lesson"],"immuneTags":[]},"utility":{"rent":0.02}}""");
        var second = await _gateway.Admin.SendAsync("PUT", path, """{"forgetting":{"recordsMax":100,"coldBits":8,"archivedBits":2}}""");
        var read = await _gateway.Admin.GetAsync<ControllerTeamResponse>("/api/v1/controller/teams/policies");
        var refused = await _gateway.Admin.RememberAsync("policies", "ada", "Too short.");

        Assert.Equal((200, 2L, 3), (first.Status, first.As<ControllerTeamResponse>().PolicyVersion, first.As<ControllerTeamResponse>().Thresholds.WordsMin));
        Assert.Equal((200, 3L), (second.Status, read.PolicyVersion));
        Assert.Equal((7.5, 0.8, 100, 0L), (read.Forgetting!.UnitDays, read.Forgetting.WarmBelow, read.Forgetting.RecordsMax, read.Forgetting.BytesMax));
        Assert.Equal((32, 8, 2), (read.Forgetting.WarmBits, read.Forgetting.ColdBits, read.Forgetting.ArchivedBits));
        Assert.Equal([MemoryKind.Lesson], read.Forgetting.ImmuneKinds!);
        Assert.Empty(read.Forgetting.ImmuneTags!);
        Assert.Equal((0.02, 0.3), (read.Utility!.Rent, read.Utility.LearningRate));
        Assert.Equal(Decision.Rejected, refused.Decision);
    }

    [Fact]
    public async Task Put_ThatWantsAModel_IsRefusedWhereThereIsNone()
    {
        await _gateway.PutTeamAsync("wordless", "ada");
        const string path = "/api/v1/controller/teams/wordless/policy";

        var refused = await _gateway.Admin.SendAsync("PUT", path, """{"consolidation":{"writeSummaries":true}}""");
        var kept = await _gateway.Admin.SendAsync("PUT", path, """{"consolidation":{"writeSummaries":false,"familyMax":4}}""");

        refused.Refused(400, "chat_not_configured");
        Assert.Equal((false, 4), (kept.As<ControllerTeamResponse>().Consolidation!.WriteSummaries, kept.As<ControllerTeamResponse>().Consolidation!.FamilyMax));
        Assert.Equal((0, 0), (kept.As<ControllerTeamResponse>().SummariesWritten, kept.As<ControllerTeamResponse>().SummariesRefused));
    }

    [Fact]
    public async Task Put_OfAnotherVersion_OutOfRange_WithoutTheScope_OrOfNoTeam_ChangesNothing()
    {
        await _gateway.PutTeamAsync("guarded", "ada");
        const string path = "/api/v1/controller/teams/guarded/policy";
        var writer = _gateway.Client(await _gateway.KeyAsync(KeyScopes.Write));

        (await _gateway.Admin.SendAsync("PUT", path, """{"ifVersion":9,"wordsMin":3}""")).Refused(412, "stale_version");
        (await _gateway.Admin.SendAsync("PUT", path, """{"forgetting":{"archiveBelow":0.7}}""")).Refused(400, "out_of_range");
        (await _gateway.Admin.SendAsync("PUT", path, """{"forgetting":{"archivedBits":3}}""")).Refused(400, "out_of_range");
        (await _gateway.Admin.SendAsync("PUT", path, """{"forgetting":{"immuneTags":[" "]}}""")).Refused(400, "text_empty");
        (await writer.SendAsync("PUT", path, """{"wordsMin":3}""")).Refused(403, "scope_missing");
        (await _gateway.Admin.SendAsync("PUT", "/api/v1/controller/teams/nowhere/policy", """{"wordsMin":3}""")).Refused(404, "team_not_found");

        Assert.Equal(1, (await _gateway.Admin.GetAsync<ControllerTeamResponse>("/api/v1/controller/teams/guarded")).PolicyVersion);
    }

    [Fact]
    public async Task Memory_TellsHowFarItHasFaded()
    {
        await _gateway.PutTeamAsync("fading", "ada");
        var written = await _gateway.Admin.RememberAsync("fading", "ada", "Snow melts in spring.");

        var memory = await _gateway.Admin.GetAsync<MemoryResponse>($"/api/v1/memories/{written.Id}");

        Assert.Equal((MemoryZone.Active, false, 32), (memory.Fading!.Zone, memory.Fading.Immune, memory.Fading.VectorBits));
        Assert.InRange(memory.Fading.Retention, 0.99, 1);
        Assert.Null(memory.Archived);
    }
}
