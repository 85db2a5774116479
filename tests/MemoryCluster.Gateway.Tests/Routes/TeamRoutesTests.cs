using MemoryCluster.Gateway.Tests.Running;

namespace MemoryCluster.Gateway.Tests.Routes;

public sealed class TeamRoutesTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Put_MakesTheTeamOnce_AndChangesItAfterwards()
    {
        var made = await _gateway.Admin.SendAsync("PUT", "/api/v1/teams/physics", """{"domain":"physics","description":"Forces"}""");
        var changed = await _gateway.Admin.SendAsync("PUT", "/api/v1/teams/physics", """{"domain":"science"}""");

        Assert.Equal((201, 200), (made.Status, changed.Status));
        Assert.Equal("application/json", made.MediaType);
        Assert.Equal(("physics", "physics", "Forces"), (made.As<TeamResponse>().Id, made.As<TeamResponse>().Domain, made.As<TeamResponse>().Description));
        Assert.Equal("science", (await _gateway.Admin.GetAsync<TeamResponse>("/api/v1/teams/physics")).Domain);
    }

    [Fact]
    public async Task Get_CountsMemoriesAndNamesAgents()
    {
        await _gateway.PutTeamAsync("counted", "ada", "ben");
        await _gateway.Admin.RememberAsync("counted", "ada", "The boiling point of water falls with pressure.");

        var team = await _gateway.Admin.GetAsync<TeamResponse>("/api/v1/teams/counted");

        Assert.Equal(1, team.Memories);
        Assert.Equal(1, team.Seq);
        Assert.Equal(["ada", "ben"], team.Agents.Select(agent => agent.Id));
    }

    [Fact]
    public async Task List_ShowsEveryTeam_AndABoundKeyItsOwnOnly()
    {
        await _gateway.PutTeamAsync("list-a");
        await _gateway.PutTeamAsync("list-b");
        var bound = _gateway.Client(await _gateway.KeyAsync(KeyScopes.Read, team: "list-b"));

        var all = await _gateway.Admin.GetAsync<TeamListResponse>("/api/v1/teams");
        var own = await bound.GetAsync<TeamListResponse>("/api/v1/teams");

        Assert.Contains("list-a", all.Teams.Select(team => team.Id));
        Assert.Equal(all.Teams.Select(team => team.Id).Order(StringComparer.Ordinal), all.Teams.Select(team => team.Id));
        Assert.Equal(["list-b"], own.Teams.Select(team => team.Id));
    }

    [Fact]
    public async Task Get_OfAnAbsentTeam_Is404() =>
        (await _gateway.Admin.SendAsync("GET", "/api/v1/teams/nowhere")).Refused(404, "team_not_found");

    [Fact]
    public async Task Put_OfACaseTwin_Is409()
    {
        await _gateway.PutTeamAsync("Twin");
        (await _gateway.Admin.SendAsync("PUT", "/api/v1/teams/twin", """{"domain":"x"}""")).Refused(409, "id_case_twin");
    }

    [Fact]
    public async Task PutAgent_TakesARoleOrNoBodyAtAll()
    {
        await _gateway.PutTeamAsync("crew");
        var bare = await _gateway.Admin.SendAsync("PUT", "/api/v1/teams/crew/agents/ada");
        var role = await _gateway.Admin.SendAsync("PUT", "/api/v1/teams/crew/agents/ada", """{"role":"planner"}""");

        Assert.Equal((201, 200), (bare.Status, role.Status));
        Assert.Equal("planner", role.As<AgentResponse>().Role);
        (await _gateway.Admin.SendAsync("PUT", "/api/v1/teams/no-such/agents/ada")).Refused(404, "team_not_found");
    }

    [Fact]
    public async Task Controller_TellsPolicyAndDecisions()
    {
        await _gateway.PutTeamAsync("ruled", "ada");
        await _gateway.Admin.RememberAsync("ruled", "ada", "Glaciers move.");

        var controller = await _gateway.Admin.GetAsync<ControllerTeamResponse>("/api/v1/controller/teams/ruled");

        Assert.Equal(("ruled", 1L), (controller.Team, controller.PolicyVersion));
        Assert.True(controller.Budgets.MemoriesMax > 0);
        Assert.Equal(1, controller.Decisions["admitted"]);
        (await _gateway.Admin.SendAsync("GET", "/api/v1/controller/teams/nowhere")).Refused(404, "team_not_found");
    }
}
