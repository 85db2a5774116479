using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace MemoryCluster.Embedders.Tests.Http;

public sealed class HttpEmbedderTests : ModelServiceContract
{
    private const string OneVector = """{"data":[{"index":0,"embedding":[3,4]}]}""";

    private HttpEmbedder Embedder(Uri endpoint, Action<HttpEmbedderOptions>? configure = null)
    {
        var options = new HttpEmbedderOptions { Endpoint = endpoint, Model = "m", Dimensions = 2, RetryDelay = TimeSpan.Zero };
        configure?.Invoke(options);
        return new HttpEmbedder(Http, options, Clock, new Random(1));
    }

    [Fact]
    public async Task Vectors_AreOrderedByIndex_AndOfUnitLength()
    {
        await using var service = await EmbeddingService.StartAsync(
            EmbeddingService.Json("""{"object":"list","data":[{"index":1,"embedding":[0,-2]},{"index":0,"embedding":[3,4]}],"model":"m"}"""));

        var embeddings = await Embedder(service.Endpoint).EmbedBatchAsync(["a", "b"], default);

        Assert.Equal([0.6f, 0.8f], embeddings[0].Values.ToArray());
        Assert.Equal([0f, -1f], embeddings[1].Values.ToArray());
        Assert.All(embeddings, e => Assert.Equal("m@2", e.Model));
    }

    [Fact]
    public async Task Base64_IsUnderstood()
    {
        var base64 = Convert.ToBase64String(MemoryMarshal.AsBytes<float>([3, 4]));
        await using var service = await EmbeddingService.StartAsync(
            EmbeddingService.Json($$"""{"data":[{"index":0,"embedding":"{{base64}}"}]}"""));

        var embeddings = await Embedder(service.Endpoint).EmbedBatchAsync(["a"], default);

        Assert.Equal([0.6f, 0.8f], embeddings[0].Values.ToArray());
    }

    [Fact]
    public async Task Request_CarriesWhatTheOptionsSay()
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Json(OneVector));

        await Embedder(service.Endpoint, o => (o.ApiKey, o.RequestDimensions, o.RequestBase64) = ("secret", true, false)).EmbedBatchAsync(["é"], default);
        await Embedder(new Uri(service.Endpoint + "/")).EmbedBatchAsync(["b"], default);

        Assert.Equal(
            ["""{"model":"m","input":["\u00E9"],"encoding_format":"float","dimensions":2}""", """{"model":"m","input":["b"],"encoding_format":"base64"}"""],
            service.Requests.Select(r => r.GetRawText()));
        Assert.Equal(["Bearer secret", ""], service.Authorizations);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task BusyOrFailingService_IsAskedAgain(int status)
    {
        await using var service = await EmbeddingService.StartAsync(
            EmbeddingService.Status(status), EmbeddingService.Status(status), EmbeddingService.Json(OneVector));

        var embeddings = await Embedder(service.Endpoint).EmbedBatchAsync(["a"], default);

        Assert.Single(embeddings);
        Assert.Equal(3, service.Requests.Count);
    }

    [Fact]
    public async Task ServiceThatStaysBusy_IsGivenUpAfterTheRetries()
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Status(503));

        var fault = await FaultOf(Embedder(service.Endpoint, o => o.RetriesMax = 2));

        Assert.Equal(3, service.Requests.Count);
        Assert.Contains("503, at attempt 3 of 3", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_IsNotRetried_AndItsBodyStaysOut()
    {
        await using var service = await EmbeddingService.StartAsync(async context =>
        {
            context.Response.StatusCode = 401;
            await EmbeddingService.Json("""{"error":"bad key: secret"}""")(context);
        });

        var fault = await FaultOf(Embedder(service.Endpoint, o => o.ApiKey = "secret"));

        Assert.Single(service.Requests);
        Assert.Contains("401", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("Thu, 05 Mar 2026 12:00:03 GMT")]
    public async Task RetryAfter_IsHonoured(string retryAfter)
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Status(429, retryAfter), EmbeddingService.Json(OneVector));

        var answer = Embedder(service.Endpoint).EmbedBatchAsync(["a"], default);
        await Clock.TimerSet(TimeSpan.FromSeconds(3));
        Assert.Single(service.Requests);
        Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Single(await answer);
    }

    [Fact]
    public async Task RetryAfter_IsCapped()
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Status(429, "3600"), EmbeddingService.Json(OneVector));

        var answer = Embedder(service.Endpoint, o => o.RetryDelayMax = TimeSpan.FromSeconds(2)).EmbedBatchAsync(["a"], default);
        await Clock.TimerSet(TimeSpan.FromSeconds(2));
        Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Single(await answer);
    }

    [Fact]
    public void Pauses_DoubleWithChance_UpToTheCap()
    {
        var options = new HttpEmbedderOptions { RetryDelay = TimeSpan.FromSeconds(1), RetryDelayMax = TimeSpan.FromSeconds(6) };
        var pauses = new RetryPauses(options.Limits, Clock, new Random(7));

        Assert.InRange(pauses.After(0, null).TotalSeconds, 0.5, 1);
        Assert.InRange(pauses.After(2, null).TotalSeconds, 2, 4);
        Assert.Equal(6, pauses.After(10, null).TotalSeconds);
    }

    [Fact]
    public async Task NobodyListening_IsRetriedAndReported()
    {
        var fault = await FaultOf(Embedder(new Uri($"http://127.0.0.1:{FreePort()}/v1")));

        Assert.Contains("ConnectionError", fault.Message, StringComparison.Ordinal);
        Assert.Contains("attempt 4 of 4", fault.Message, StringComparison.Ordinal);
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("""{"data":[{"index":0,"embedding":[1,2,3]}]}""", "3 components where 2 are expected")]
    [InlineData("""{"data":[{"index":0,"embedding":[0,0]}]}""", "zero or not finite")]
    [InlineData("""{"data":[{"index":0,"embedding":[1e999,0]}]}""", "zero or not finite")]
    [InlineData("""{"data":[{"index":0,"embedding":"AADAfwAAgD8="}]}""", "zero or not finite")]
    [InlineData("""{"data":[{"index":0,"embedding":["x",0]}]}""", "no number")]
    [InlineData("""{"data":[{"index":0,"embedding":"AAA="}]}""", "base64")]
    [InlineData("""{"data":[{"index":1,"embedding":[1,0]}]}""", "index 1")]
    [InlineData("""{"data":[{"index":0,"embedding":[1,0]},{"index":0,"embedding":[1,0]}]}""", "came twice")]
    [InlineData("""{"data":[]}""", "0 vectors came for 1 texts")]
    [InlineData("""{"data":[{"index":0}]}""", "no \"embedding\"")]
    [InlineData("""{"data":[7]}""", "no object")]
    [InlineData("""[]""", "no array")]
    [InlineData("""<html>""", "not JSON")]
    public async Task AnswerThatIsNoUse_IsRefused_AndNotRetried(string body, string reason)
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Json(body));

        var fault = await FaultOf(Embedder(service.Endpoint));

        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task MissingIndexes_MeanTheOrderOfTheTexts()
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Json("""{"data":[{"embedding":[1,0]},{"embedding":[0,1]}]}"""));

        var embeddings = await Embedder(service.Endpoint).EmbedBatchAsync(["a", "b"], default);

        Assert.Equal([1f, 0f], embeddings.Select(e => e.Values[0]));
    }

    [Fact]
    public async Task Probe_LearnsTheDimensions()
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Json(OneVector));
        var embedder = Embedder(service.Endpoint, o => o.Dimensions = null);
        Assert.Throws<InvalidOperationException>(() => embedder.Model);

        await embedder.ProbeAsync(default);
        await embedder.ProbeAsync(default);

        Assert.Equal(new EmbedderModel("m@2", 2), embedder.Model);
        Assert.Single(service.Requests);
    }

    private protected override Task AskOnceAsync(Uri endpoint, TimeSpan timeout, CancellationToken cancellationToken) =>
        Embedder(endpoint, o => (o.AttemptTimeout, o.RetriesMax) = (timeout, 0)).EmbedBatchAsync(["a"], cancellationToken);

    private static Task<MemoryClusterException> FaultOf(HttpEmbedder embedder) =>
        Assert.ThrowsAsync<MemoryClusterException>(() => embedder.EmbedBatchAsync(["a"], default));
}
