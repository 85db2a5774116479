using MemoryCluster.Gateway.Tests.Running;

namespace MemoryCluster.Gateway.Tests.Routes;

public sealed class BatchRouteTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private const string Path = "/api/v1/memories/batch";
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task EachItem_IsKeptOrRefusedInItsPlace()
    {
        await _gateway.PutTeamAsync("batch", "ada", "ben");
        var json = """
            {"items":[
              {"team":"batch","agent":"ada","text":"Pears ripen in autumn."},
              {"team":"batch","agent":"ben","text":"Lead is heavy."},
              {"team":"batch","agent":"ada","text":" "},
              {"team":"batch","agent":"ada","text":"Pears ripen in autumn."},
              {"team":"batch","agent":"nobody","text":"Who says so?"},
              {"team":"batch","agent":"ada","text":"x","speling":1},
              {"team":"batch","agent":"ada","text":"x","metadata":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]},
              7,
              {"team":"batch","agent":"ada","text":"x","kind":"rumour"}
            ]}
            """;

        var results = (await _gateway.Admin.SendAsync("POST", Path, json)).As<RememberBatchResponse>().Results;

        Assert.Equal([201, 201, 400, 200, 404, 400, 400, 400, 400], results.Select(result => result.Status));
        Assert.Equal(
            [null, null, "text_empty", null, "agent_not_found", "member_unknown", "json_too_deep", "type_mismatch", "value_unknown"],
            results.Select(result => result.Code));
        Assert.Equal("items[2].text", results[2].Field);
        Assert.Equal((Decision.Merged, results[0].Id), (results[3].Decision, results[3].MergedInto));
        Assert.Equal(2, (await _gateway.Admin.GetAsync<TeamResponse>("/api/v1/teams/batch")).Memories);
    }

    [Fact]
    public async Task AThousandItems_KeepTheirOrder()
    {
        await _gateway.PutTeamAsync("thousand", "ada", "ben");
        // events are kept as they came, so that near-duplicates stay apart
        var items = Enumerable.Range(0, 1_000).Select(i =>
            $$"""{"source":{"session":"s","turn":{{i}} },"team":"thousand","agent":"{{(i % 3 == 0 ? "ben" : "ada")}}","kind":"event","text":"Event number {{i}}."}""");

        var answer = await _gateway.Admin.SendAsync("POST", Path, $$"""{"items":[{{string.Join(',', items)}}]}""");

        var results = answer.As<RememberBatchResponse>().Results;
        Assert.All(results, result => Assert.Equal(201, result.Status));
        var last = await _gateway.Admin.GetAsync<MemoryResponse>($"/api/v1/memories/{results[^1].Id}");
        Assert.Equal(("Event number 999.", "ben"), (last.Text, last.Agent));
    }

    [Theory]
    [InlineData("""{"items":[]}""", "batch_empty")]
    [InlineData("""{}""", "member_missing")]
    [InlineData("""[]""", "type_mismatch")]
    [InlineData("""{"items":{}}""", "type_mismatch")]
    [InlineData("""{"items":[],"items":[]}""", "member_duplicate")]
    [InlineData("""{"items":[],"more":1}""", "member_unknown")]
    [InlineData("""{"items":[1,]}""", "json_invalid")]
    public async Task AWrongEnvelope_RefusesAll(string json, string code) => (await _gateway.Admin.SendAsync("POST", Path, json)).Refused(400, code);

    [Fact]
    public async Task MoreThanAThousand_RefusesAll()
    {
        var items = string.Join(',', Enumerable.Repeat("{}", 1_001));
        (await _gateway.Admin.SendAsync("POST", Path, $$"""{"items":[{{items}}]}""")).Refused(400, "batch_too_large");
    }
}
