using MemoryCluster.Gateway.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Gateway.Tests.Shedding;

public sealed class SheddingOverHttpTests
{
    private const string Json = """{"team":"t","agent":"a","text":"Said under load."}""";

    [Fact]
    public async Task AFullServer_RefusesAtTheDoor_WithoutAKeyOrABody_AndItsProbesAnswer()
    {
        var embedder = new GatedEmbedder();
        await using var gateway = await RunningGateway.StartAsync(Narrow, services => services.AddSingleton<IEmbedder>(embedder));
        await gateway.PutTeamAsync("t", "a");
        var inside = gateway.Admin.SendAsync("POST", "/api/v1/memories", Json);
        await embedder.Entered;

        var refused = await gateway.Anonymous.SendAsync("POST", "/api/v1/memories", "no JSON, no key");

        refused.Refused(503, "overloaded");
        Assert.Equal("1", refused.Headers.GetValues("Retry-After").Single());
        Assert.NotEmpty(refused.Headers.GetValues("X-Request-Id").Single());
        Assert.Equal(200, (await gateway.Anonymous.SendAsync("GET", "/healthz/live")).Status);
        Assert.Equal(200, (await gateway.Anonymous.SendAsync("GET", "/healthz/ready")).Status);
        var metrics = (await gateway.Anonymous.SendAsync("GET", "/metrics")).Text;
        Assert.Contains("memorycluster_http_requests_shed_total{route=\"/api/v1/memories\",method=\"POST\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("memorycluster_refusals_total{code=\"overloaded\"} 1\n", metrics, StringComparison.Ordinal);

        embedder.Open();
        Assert.Equal(201, (await inside).Status);
        Assert.Equal(200, (await gateway.Admin.SendAsync("GET", "/api/v1/teams")).Status);
    }

    [Fact]
    public async Task SwitchedOff_NothingIsRefused()
    {
        var embedder = new GatedEmbedder();
        await using var gateway = await RunningGateway.StartAsync(
            options =>
            {
                Narrow(options);
                options.Shedding.Enabled = false;
            },
            services => services.AddSingleton<IEmbedder>(embedder));
        await gateway.PutTeamAsync("t", "a");
        var inside = gateway.Admin.SendAsync("POST", "/api/v1/memories", Json);
        await embedder.Entered;

        Assert.Equal(200, (await gateway.Admin.SendAsync("GET", "/api/v1/teams")).Status);

        embedder.Open();
        Assert.Equal(201, (await inside).Status);
    }

    [Fact]
    public async Task Options_ThatMeanNothing_AreRefusedAtTheStart()
    {
        await Assert.ThrowsAsync<OptionsValidationException>(() => RunningGateway.StartAsync(options => options.Shedding.ConcurrencyMin = 2_000));
        await Assert.ThrowsAsync<OptionsValidationException>(() => RunningGateway.StartAsync(options => options.Shedding.DelayTarget = TimeSpan.Zero));
    }

    private static void Narrow(GatewayOptions options) => (options.Shedding.ConcurrencyMin, options.Shedding.ConcurrencyMax) = (1, 1);
}
