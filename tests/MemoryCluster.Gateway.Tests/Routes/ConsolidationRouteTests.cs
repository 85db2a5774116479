using MemoryCluster.Gateway.Tests.Running;

namespace MemoryCluster.Gateway.Tests.Routes;

public sealed class ConsolidationRouteTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private const string Text = "The deploy key rotates on Mondays.";

    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Consolidate_TellsWhatItMerged_AndUndoGivesItBack()
    {
        await _gateway.PutTeamAsync("folding", "ada", "ben");
        var first = await _gateway.Admin.RememberAsync("folding", "ada", Text);
        var second = await _gateway.Admin.RememberAsync("folding", "ben", Text);

        var report = (await _gateway.Admin.SendAsync("POST", "/api/v1/controller/teams/folding/consolidate")).As<ConsolidateResponse>();

        var step = Assert.Single(report.Merged);
        Assert.Equal(("folding", 2, 0), (report.Team, report.Examined, report.Remaining));
        Assert.Equal((ConsolidationReason.SameStatement, first.Id, second.Id), (step.Reason, step.By, Assert.Single(step.Memories)));
        var merged = await _gateway.Admin.GetAsync<MemoryResponse>($"/api/v1/memories/{second.Id}");
        Assert.Equal((MemoryState.Merged, first.Id, step.Id), (merged.State, merged.MergedInto, merged.Consolidation!.Id));
        var standing = await _gateway.Admin.GetAsync<MemoryResponse>($"/api/v1/memories/{first.Id}");
        Assert.Equal((1L, second.Id), (standing.Confirmations, Assert.Single(standing.Links.Merged!)));
        Assert.Equal(1, (await _gateway.Admin.GetAsync<TeamResponse>("/api/v1/teams/folding")).Merged);
        Assert.Single((await _gateway.Admin.GetAsync<MemoryListResponse>("/api/v1/memories?team=folding")).Items);
        Assert.Equal(second.Id, Assert.Single((await _gateway.Admin.GetAsync<MemoryListResponse>("/api/v1/memories?team=folding&state=merged")).Items).Id);

        var undone = await _gateway.Admin.SendAsync("POST", $"/api/v1/controller/teams/folding/consolidations/{step.Id}/undo");

        Assert.Equal(second.Id, Assert.Single(undone.As<ConsolidationStepBody>().Memories));
        Assert.Null((await _gateway.Admin.GetAsync<MemoryResponse>($"/api/v1/memories/{second.Id}")).MergedInto);
        (await _gateway.Admin.SendAsync("POST", $"/api/v1/controller/teams/folding/consolidations/{step.Id}/undo")).Refused(404, "consolidation_not_found");
        Assert.Empty((await _gateway.Admin.SendAsync("POST", "/api/v1/controller/teams/folding/consolidate")).As<ConsolidateResponse>().Merged);
    }

    [Fact]
    public async Task Consolidate_OfAnAbsentTeam_Is404() =>
        (await _gateway.Admin.SendAsync("POST", "/api/v1/controller/teams/nowhere/consolidate")).Refused(404, "team_not_found");

    [Fact]
    public async Task Undo_OfWhatIsNoId_Is400()
    {
        await _gateway.PutTeamAsync("unfolding");
        (await _gateway.Admin.SendAsync("POST", "/api/v1/controller/teams/unfolding/consolidations/x/undo")).Refused(400, "id_invalid");
    }

    [Fact]
    public async Task Consolidate_WithoutTheAdminScope_Is403()
    {
        await _gateway.PutTeamAsync("guarded");
        var writer = _gateway.Client(await _gateway.KeyAsync(KeyScopes.Read | KeyScopes.Write));

        (await writer.SendAsync("POST", "/api/v1/controller/teams/guarded/consolidate")).Refused(403, "scope_missing");
    }
}
