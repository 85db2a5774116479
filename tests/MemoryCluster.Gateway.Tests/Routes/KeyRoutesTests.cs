using System.Globalization;
using MemoryCluster.Gateway.Tests.Running;

namespace MemoryCluster.Gateway.Tests.Routes;

public sealed class KeyRoutesTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task ANewKey_Works_UntilItIsDeleted()
    {
        var made = await _gateway.Admin.SendAsync("POST", "/api/v1/keys", """{"name":"reader","scopes":["read"]}""");
        var key = made.As<CreateKeyResponse>();
        var client = _gateway.Client(key.Key);

        Assert.Equal(201, made.Status);
        Assert.True(made.Headers.CacheControl!.NoStore);
        Assert.Equal(200, (await client.SendAsync("GET", "/api/v1/teams")).Status);
        Assert.Equal(204, (await _gateway.Admin.SendAsync("DELETE", $"/api/v1/keys/{key.Id}")).Status);
        (await client.SendAsync("GET", "/api/v1/teams")).Refused(401, "unauthenticated");
        (await _gateway.Admin.SendAsync("DELETE", $"/api/v1/keys/{key.Id}")).Refused(404, "key_not_found");
    }

    [Fact]
    public async Task ARevocationElsewhere_IsInForceWithinASecond()
    {
        var key = await _gateway.KeyAsync(KeyScopes.Read);
        var client = _gateway.Client(key);
        Assert.Equal(200, (await client.SendAsync("GET", "/api/v1/teams")).Status);

        Assert.True(KeyText.TryParse(key, out var parsed));
        Assert.True(await _gateway.Directory.DeleteKeyAsync(parsed.Id, CancellationToken.None));
        _gateway.Clock.Advance(TimeSpan.FromSeconds(1));

        (await client.SendAsync("GET", "/api/v1/teams")).Refused(401, "unauthenticated");
    }

    [Fact]
    public async Task AnExpiredKey_IsRefusedOnTheRequestAfter()
    {
        var client = _gateway.Client(await _gateway.KeyAsync(KeyScopes.Read, expiresAt: _gateway.Clock.GetUtcNow().AddMilliseconds(400)));
        _gateway.Clock.Advance(TimeSpan.FromMilliseconds(400));

        (await client.SendAsync("GET", "/api/v1/teams")).Refused(401, "unauthenticated");
    }

    [Fact]
    public async Task ABoundAdmin_MakesKeysWithinItsBoundsOnly()
    {
        await _gateway.PutTeamAsync("bounds", "ada");
        var admin = _gateway.Client(await _gateway.KeyAsync(KeyScopes.Admin, team: "bounds"));

        var made = (await admin.SendAsync("POST", "/api/v1/keys", """{"name":"n","scopes":["read"]}""")).As<CreateKeyResponse>();

        (await admin.SendAsync("POST", "/api/v1/keys", """{"name":"n","scopes":["read"],"team":"other"}""")).Refused(403, "principal_mismatch");
        (await admin.SendAsync("DELETE", $"/api/v1/keys/{made.Id}")).Refused(403, "principal_mismatch");
        (await admin.SendAsync("PUT", "/api/v1/access/users/u/agents/ada")).Refused(403, "principal_mismatch");
        (await _gateway.Client(made.Key).SendAsync("GET", "/api/v1/teams/other")).Refused(403, "principal_mismatch");
        Assert.Equal(200, (await _gateway.Client(made.Key).SendAsync("GET", "/api/v1/teams/bounds")).Status);
    }

    [Theory]
    [InlineData("GET", "/api/v1/teams", KeyScopes.Write | KeyScopes.Admin)]
    [InlineData("POST", "/api/v1/memories", KeyScopes.Read | KeyScopes.Admin)]
    [InlineData("PUT", "/api/v1/teams/t", KeyScopes.Read | KeyScopes.Write)]
    [InlineData("PUT", "/api/v1/access/users/u/agents/a", KeyScopes.Read | KeyScopes.Write)]
    [InlineData("POST", "/api/v1/keys", KeyScopes.Read | KeyScopes.Write)]
    public async Task ARouteWithoutItsScope_Is403(string method, string path, KeyScopes scopes)
    {
        var client = _gateway.Client(await _gateway.KeyAsync(scopes));
        (await client.SendAsync(method, path, method == "GET" ? null : "{}")).Refused(403, "scope_missing");
    }

    [Fact]
    public async Task AnExpiry_IsAtMostTenYearsAhead()
    {
        var late = _gateway.Clock.GetUtcNow().AddYears(10).AddDays(1).ToString("O", CultureInfo.InvariantCulture);
        (await _gateway.Admin.SendAsync("POST", "/api/v1/keys", $$"""{"name":"n","scopes":["read"],"expiresAt":"{{late}}"}"""))
            .Refused(400, "timestamp_out_of_range");
    }

    [Fact]
    public async Task WithoutAuth_EverybodyIsAdmin()
    {
        await using var open = await RunningGateway.StartAsync(options => options.AuthRequired = false);
        Assert.Equal(201, (await open.Anonymous.SendAsync("PUT", "/api/v1/teams/t", """{"domain":"d"}""")).Status);
    }
}
