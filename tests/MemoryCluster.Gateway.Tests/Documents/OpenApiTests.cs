using System.Text.Json;
using MemoryCluster.Gateway.Tests.Running;

namespace MemoryCluster.Gateway.Tests.Documents;

public sealed class OpenApiTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task EveryRoute_IsDescribed_WithBodiesAnswersAndCodes()
    {
        var answer = await fixture.Gateway.Anonymous.SendAsync("GET", "/openapi/v1.json");
        Assert.Equal(200, answer.Status);
        using var document = JsonDocument.Parse(answer.Text);
        var paths = document.RootElement.GetProperty("paths");

        foreach (var (route, _) in GatewayEndpoints.AllRoutes)
        {
            var operation = paths.GetProperty(route.Pattern).GetProperty(route.Method.ToLowerInvariant());
            Assert.Equal(route.Summary, operation.GetProperty("summary").GetString());
            Assert.Equal(route.Body is not null, operation.TryGetProperty("requestBody", out _));
            Assert.Equal(route.Scope != KeyScopes.None, operation.TryGetProperty("security", out _));
            var responses = operation.GetProperty("responses").EnumerateObject().ToDictionary(response => response.Name, response => response.Value);
            Assert.Contains($"{route.Success}", responses.Keys);
            var problems = string.Join(' ', responses.Values.Select(response => response.GetProperty("description").GetString()));
            Assert.All(route.Refuses, kind => Assert.Contains(kind.Code, problems, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Schemas_NameTheWordsOfEnums_AndWhatIsRequired()
    {
        using var document = JsonDocument.Parse((await fixture.Gateway.Anonymous.SendAsync("GET", "/openapi/v1.json")).Text);
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");

        var remember = schemas.GetProperty("RememberRequest");
        var members = remember.GetProperty("properties");

        Assert.Contains("procedure", members.GetProperty("kind").GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal("date-time", members.GetProperty("occurredAt").GetProperty("format").GetString());
        Assert.Equal(["text"], remember.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.True(schemas.TryGetProperty("RecallResponse", out _));
    }
}
