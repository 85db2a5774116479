using MemoryCluster.Embedders;
using MemoryCluster.Gateway.Tests.Running;
using MemoryCluster.Grains.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryCluster.Gateway.Tests.Routes;

public sealed class EmbedderRouteTests : IAsyncLifetime
{
    private static readonly HashedEmbedder Small = new(128);

    private RunningGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await RunningGateway.StartAsync(replace: services =>
    {
        services.AddSingleton(new EmbedderCatalog(new HashedEmbedder(), new Dictionary<string, IEmbedder> { ["small"] = Small, ["hashed"] = new HashedEmbedder() }));
        services.Configure<UpkeepOptions>(options => options.EmbedPause = TimeSpan.FromMilliseconds(1));
    });

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Put_MovesATeamsVectors_AndTheTeamTellsHowFar()
    {
        await _gateway.PutTeamAsync("moving", "ada");
        for (var i = 0; i < 200; i++)
        {
            await _gateway.Admin.RememberAsync("moving", "ada", $"Note number {i} says that pump {i} leaks.");
        }

        var put = await _gateway.Admin.SendAsync("PUT", "/api/v1/embedder", """{"provider":"small","dimensions":128}""");

        Assert.Equal(200, put.Status);
        Assert.Equal(("hashed-1@128", 128), (put.As<EmbedderResponse>().Model, put.As<EmbedderResponse>().Dimensions));
        var embedding = (await _gateway.Admin.GetAsync<TeamResponse>("/api/v1/teams/moving")).Embedding!;
        Assert.Equal("hashed-1@128", embedding.Model);
        while (embedding is not { Model: "hashed-1@128", Waiting: 0 })
        {
            Assert.Equal(200, embedding.Done + embedding.Waiting);
            var recall = await _gateway.Admin.SendAsync(
                "POST", "/api/v1/recall", """{"team":"moving","agent":"ada","query":"Note number 42 says that pump 42 leaks."}""");
            Assert.Equal("Note number 42 says that pump 42 leaks.", recall.As<RecallResponse>().Hits[0].Text);
            embedding = (await _gateway.Admin.GetAsync<TeamResponse>("/api/v1/teams/moving")).Embedding!;
        }

        Assert.Equal(200, embedding.Done);
        Assert.Equal("hashed-1@128", (await _gateway.Admin.GetAsync<EmbedderResponse>("/api/v1/embedder")).Model);
    }

    [Fact]
    public async Task Put_OfAnotherLengthThanExpected_Is400_AndChangesNothing()
    {
        (await _gateway.Admin.SendAsync("PUT", "/api/v1/embedder", """{"provider":"small","dimensions":384}""")).Refused(400, "embedder_dimensions");

        Assert.Equal(384, (await _gateway.Admin.GetAsync<EmbedderResponse>("/api/v1/embedder")).Dimensions);
    }

    [Fact]
    public async Task Put_OfAnUnknownProvider_Is400() =>
        (await _gateway.Admin.SendAsync("PUT", "/api/v1/embedder", """{"provider":"mystery"}""")).Refused(400, "value_unknown");

    [Fact]
    public async Task Put_ByABoundKey_Is403()
    {
        await _gateway.PutTeamAsync("bound");
        var bound = _gateway.Client(await _gateway.KeyAsync(KeyScopes.Admin, team: "bound"));

        (await bound.SendAsync("PUT", "/api/v1/embedder", """{"provider":"small"}""")).Refused(403, "principal_mismatch");
    }

    [Fact]
    public async Task CallersOwnVector_IsOfTheModelInUse()
    {
        await _gateway.PutTeamAsync("own", "ada");
        await _gateway.Admin.SendAsync("PUT", "/api/v1/embedder", """{"provider":"small"}""");
        var vector = string.Join(',', Small.Embed("a valve").Values.ToArray());

        var fits = await _gateway.Admin.SendAsync("POST", "/api/v1/memories", $$"""{"team":"own","agent":"ada","text":"a valve","embedding":[{{vector}}]}""");
        var batch = await _gateway.Admin.SendAsync(
            "POST", "/api/v1/memories/batch", $$"""{"items":[{"team":"own","agent":"ada","text":"two valves","embedding":[{{vector}},0]}]}""");

        Assert.Equal(201, fits.Status);
        Assert.Equal(400, batch.As<RememberBatchResponse>().Results[0].Status);
    }
}
