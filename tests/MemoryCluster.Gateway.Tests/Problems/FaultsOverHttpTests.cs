using MemoryCluster.Gateway.Tests.Running;
using MemoryCluster.Shards;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryCluster.Gateway.Tests.Problems;

public sealed class FaultsOverHttpTests
{
    private const string Json = """{"team":"t","agent":"a","text":"Said in private."}""";

    [Fact]
    public async Task AnUnforeseenFault_Is500_AndKeepsItsMessageToItself()
    {
        var answer = await RememberAsync(new InvalidOperationException("the secret of the house"));

        answer.Refused(500, "internal");
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("private", answer.Text, StringComparison.Ordinal);
        Assert.NotEmpty(answer.Headers.GetValues("X-Request-Id").Single());
    }

    [Fact]
    public async Task ABrokenEmbedder_Is503_WithAPause()
    {
        var answer = await RememberAsync(new MemoryClusterException(MemoryFault.EmbedderUnavailable, "no model at 10.0.0.7"));

        answer.Refused(503, "embedder_unavailable");
        Assert.Equal("1", answer.Headers.GetValues("Retry-After").Single());
        Assert.DoesNotContain("10.0.0.7", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWriteThatWasCutOff_IsUnknown_WithoutAnInvitationToRepeatIt()
    {
        var answer = await RememberAsync(new TimeoutException());

        answer.Refused(503, "outcome_unknown");
        Assert.False(answer.Headers.Contains("Retry-After"));
    }

    [Fact]
    public async Task AFaultOfAPart_StandsInTheBatch()
    {
        await using var gateway = await StartAsync(new TimeoutException());
        await gateway.PutTeamAsync("t", "a");

        var answer = await gateway.Admin.SendAsync("POST", "/api/v1/memories/batch", $$"""{"items":[{{Json}},{"team":"t","agent":"a","text":""}]}""");

        var results = answer.As<RememberBatchResponse>().Results;
        Assert.Equal([(503, "outcome_unknown"), (400, "text_empty")], results.Select(result => (result.Status, result.Code!)));
    }

    [Fact]
    public async Task BodiesBeyondTheBudget_AreRefused_AndThoseWithinItAreStillTaken()
    {
        await using var gateway = await RunningGateway.StartAsync(options => options.BodyBytesTogetherMax = 100_000);
        await gateway.PutTeamAsync("t", "a");
        var large = Json.Replace("Said", new string('x', 100_000), StringComparison.Ordinal);

        for (var i = 0; i < 5; i++)
        {
            var refused = await gateway.Admin.SendAsync("POST", "/api/v1/memories", large);
            refused.Refused(503, "overloaded");
            Assert.True(refused.Headers.Contains("Retry-After"));
            Assert.True((await gateway.Admin.SendAsync("POST", "/api/v1/memories", Json)).Status < 300);
        }
    }

    [Fact]
    public async Task AStoreThatCannotBeReached_IsNotReady()
    {
        await using var gateway = await RunningGateway.StartAsync();
        Assert.Equal(200, (await gateway.Anonymous.SendAsync("GET", "/healthz/ready")).Status);
        Assert.Equal(200, (await gateway.Anonymous.SendAsync("GET", "/healthz/live")).Status);

        await using var closed = await RunningGateway.StartAsync(
            options =>
            {
                options.Tenants.Clear();
                options.Tenants.Add("closed");
            },
            services => services.AddSingleton<IShardStores>(new StoresWithout("closed")));
        (await closed.Anonymous.SendAsync("GET", "/healthz/ready")).Refused(503, "not_ready");
        Assert.Equal(200, (await closed.Anonymous.SendAsync("GET", "/healthz/live")).Status);
    }

    private static Task<RunningGateway> StartAsync(Exception failure) =>
        RunningGateway.StartAsync(replace: services => services.AddSingleton<IEmbedder>(new BrokenEmbedder(failure)));

    private static async Task<Answer> RememberAsync(Exception failure)
    {
        await using var gateway = await StartAsync(failure);
        await gateway.PutTeamAsync("t", "a");
        return await gateway.Admin.SendAsync("POST", "/api/v1/memories", Json);
    }
}
