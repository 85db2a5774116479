using MemoryCluster.Gateway.Tests.Running;

namespace MemoryCluster.Gateway.Tests.Access;

public sealed class AuthenticatorTests
{
    [Fact]
    public async Task AKeyOfATenantThatIsNotServed_MakesNothing()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var foreign = await gateway.KeyAsync(KeyScopes.Read | KeyScopes.Admin, tenant: "elsewhere");

        (await gateway.Client(foreign).SendAsync("GET", "/api/v1/teams")).Refused(401, "unauthenticated");
    }

    [Fact]
    public async Task AnotherTenantsObjects_AreAbsent()
    {
        await using var gateway = await RunningGateway.StartAsync(options => options.Tenants.Add("other"));
        await gateway.PutTeamAsync("t", "a");
        await gateway.Admin.RememberAsync("t", "a", "Padding, so that the numbers of the teams differ.");
        await gateway.PutTeamAsync("own", "a");
        var mine = await gateway.Admin.RememberAsync("own", "a", "Ours alone.");
        var other = gateway.Client(await gateway.KeyAsync(KeyScopes.Read | KeyScopes.Write | KeyScopes.Admin, tenant: "other"));

        // the other tenant's first team has the number of this tenant's first
        Assert.Equal(201, (await other.SendAsync("PUT", "/api/v1/teams/t", """{"domain":"d"}""")).Status);

        (await other.SendAsync("GET", "/api/v1/teams/own")).Refused(404, "team_not_found");
        (await other.SendAsync("GET", $"/api/v1/memories/{mine.Id}")).Refused(404, "memory_not_found");
        (await other.SendAsync("DELETE", $"/api/v1/memories/{mine.Id}")).Refused(404, "memory_not_found");
        (await other.SendAsync("POST", "/api/v1/recall", """{"team":"own","agent":"a","query":"ours"}""")).Refused(404, "team_not_found");
        Assert.Equal(200, (await gateway.Admin.SendAsync("GET", $"/api/v1/memories/{mine.Id}")).Status);
    }

    [Fact]
    public async Task ACursor_IsNotTakenFromAnotherTenant_NorAfterItsTime()
    {
        await using var gateway = await RunningGateway.StartAsync(options => options.Tenants.Add("other"));
        var other = gateway.Client(await gateway.KeyAsync(KeyScopes.Read | KeyScopes.Admin, tenant: "other"));
        await gateway.PutTeamAsync("t", "a");
        Assert.Equal(201, (await other.SendAsync("PUT", "/api/v1/teams/t", """{"domain":"d"}""")).Status);
        await gateway.Admin.RememberAsync("t", "a", "First of two.");
        await gateway.Admin.RememberAsync("t", "a", "And now something else.");
        var next = (await gateway.Admin.GetAsync<MemoryListResponse>("/api/v1/memories?team=t&limit=1")).NextCursor;
        var path = $"/api/v1/memories?team=t&limit=1&cursor={next}";

        Assert.Equal(200, (await gateway.Admin.SendAsync("GET", path)).Status);
        (await other.SendAsync("GET", path)).Refused(400, "cursor_invalid");
        gateway.Clock.Advance(TimeSpan.FromHours(2));
        (await gateway.Admin.SendAsync("GET", path)).Refused(400, "cursor_invalid");
    }

    [Fact]
    public async Task MoreKeysThanAreRemembered_AllWork()
    {
        await using var gateway = await RunningGateway.StartAsync(options => options.KeysRememberedMax = 2);
        for (var i = 0; i < 5; i++)
        {
            var client = gateway.Client(await gateway.KeyAsync(KeyScopes.Read));
            Assert.Equal((200, 200), ((await client.SendAsync("GET", "/api/v1/teams")).Status, (await client.SendAsync("GET", "/api/v1/teams")).Status));
        }
    }

    [Fact]
    public async Task AListedHost_AndItsOrigin_AreLetIn()
    {
        await using var gateway = await RunningGateway.StartAsync(options => options.Hosts.Add("memory.example"));

        Assert.Equal(200, (await gateway.Admin.SendAsync("GET", "/api/v1/teams", null, ("Host", "memory.example:8080"), ("Origin", "https://memory.example"))).Status);
        (await gateway.Admin.SendAsync("GET", "/api/v1/teams", null, ("Host", "other.example"))).Refused(403, "host_not_allowed");
        Assert.Equal(200, (await gateway.Anonymous.SendAsync("GET", "/healthz/live", null, ("Host", "10.1.2.3"))).Status);
    }
}
