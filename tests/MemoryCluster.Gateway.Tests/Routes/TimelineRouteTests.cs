using MemoryCluster.Gateway.Tests.Running;

namespace MemoryCluster.Gateway.Tests.Routes;

public sealed class TimelineRouteTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Timeline_TellsASession_DownToItsMemories()
    {
        await _gateway.PutTeamAsync("chronicle", "ada");
        var ids = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            ids.Add((await _gateway.Admin.RememberAsync(
                "chronicle", "ada", $"The pump of hall {i} was checked.",
                $$""" "kind":"event","occurredAt":"2026-02-01T0{{i}}:00:00Z","source":{"session":"shift one","turn":{{i}}} """)).Id);
        }

        var top = Assert.Single((await GetAsync("session=shift%20one")).Items);
        var opened = await GetAsync($"session=shift%20one&node={top.Id}");
        var leaves = await GetAsync("session=shift%20one&level=0&from=2026-02-01T02:00:00Z&to=2026-02-01T07:00:00%2B01:00&limit=3");

        Assert.Equal((8, new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), top.From.AddHours(7)), (top.Memories, top.From, top.To));
        Assert.Contains("hall 3", top.Summary, StringComparison.Ordinal);
        Assert.Equal(top.Children, opened.Items.Select(node => node.Id));
        Assert.Equal((SummaryOrigin.Extracted, null), (top.SummaryOrigin!.Origin, top.SummaryOrigin.Model));
        Assert.All(leaves.Items, leaf => Assert.Null(leaf.SummaryOrigin));
        Assert.Equal(ids[2..5], leaves.Items.Select(leaf => leaf.Id));
        Assert.True(leaves.HasMore);
        Assert.Empty((await GetAsync("entity=Nobody")).Items);
    }

    [Theory]
    [InlineData("", "parameter_invalid")]
    [InlineData("entity=A&session=b", "parameter_invalid")]
    [InlineData("entity=", "text_empty")]
    [InlineData("entity=A&level=-1", "value_out_of_range")]
    [InlineData("entity=A&level=x", "parameter_invalid")]
    [InlineData("entity=A&node=x", "id_invalid")]
    [InlineData("entity=A&from=yesterday", "timestamp_invalid")]
    [InlineData("entity=A&from=2026-02-01T00:00:00", "timestamp_invalid")]
    [InlineData("entity=A&from=1969-02-01T00:00:00Z", "timestamp_out_of_range")]
    [InlineData("entity=A&from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", "range_contradictory")]
    [InlineData("entity=A&limit=0", "value_out_of_range")]
    public async Task Timeline_RefusesWhatItCannotRead(string query, string code)
    {
        await _gateway.PutTeamAsync("chronicle-refusals");
        (await _gateway.Admin.SendAsync("GET", $"/api/v1/teams/chronicle-refusals/timeline?{query}")).Refused(400, code);
    }

    [Fact]
    public async Task Timeline_OfAnAbsentTeam_Is404() =>
        (await _gateway.Admin.SendAsync("GET", "/api/v1/teams/nowhere/timeline?entity=A")).Refused(404, "team_not_found");

    private async Task<TimelineResponse> GetAsync(string query) =>
        await _gateway.Admin.GetAsync<TimelineResponse>($"/api/v1/teams/chronicle/timeline?{query}");
}
