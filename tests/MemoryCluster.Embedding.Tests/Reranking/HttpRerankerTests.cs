using MemoryCluster.Embedders.Tests.Http;

namespace MemoryCluster.Embedders.Tests.Reranking;

public sealed class HttpRerankerTests : ModelServiceContract
{
    private const string TwoScores = """{"results":[{"index":1,"relevance_score":0.9},{"index":0,"relevance_score":0.1}]}""";

    private HttpReranker Reranker(Uri endpoint, Action<RerankingOptions>? configure = null)
    {
        var options = new RerankingOptions { Endpoint = endpoint, Model = "m", RetryDelay = TimeSpan.Zero };
        configure?.Invoke(options);
        return new HttpReranker(Http, options, Clock, new Random(1));
    }

    [Fact]
    public async Task Scores_AreOrderedByIndex()
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Json(TwoScores));

        var scores = await Reranker(service.Endpoint).ScoreAsync("q", ["a", "b"], default);

        Assert.Equal([0.1f, 0.9f], scores);
    }

    [Fact]
    public async Task Request_CarriesWhatTheOptionsSay()
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Json(TwoScores));

        await Reranker(service.Endpoint, o => o.ApiKey = "secret").ScoreAsync("why?", ["a", "b"], default);
        await Reranker(new Uri(service.Endpoint + "/")).ScoreAsync("q", ["c", "d"], default);

        Assert.Equal(
            ["""{"model":"m","query":"why?","documents":["a","b"],"top_n":2}""", """{"model":"m","query":"q","documents":["c","d"],"top_n":2}"""],
            service.Requests.Select(request => request.GetRawText()));
        Assert.Equal(["Bearer secret", ""], service.Authorizations);
    }

    [Fact]
    public async Task NoTexts_AskNobody()
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Json(TwoScores));

        Assert.Empty(await Reranker(service.Endpoint).ScoreAsync("q", [], default));

        Assert.Empty(service.Requests);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task BusyOrFailingService_IsAskedAgain(int status)
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Status(status), EmbeddingService.Json(TwoScores));

        Assert.Equal(2, (await Reranker(service.Endpoint).ScoreAsync("q", ["a", "b"], default)).Count);

        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task RetryAfter_LeavesHalfOfTheTime()
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Status(429, "3600"), EmbeddingService.Json(TwoScores));

        var answer = Reranker(service.Endpoint, o => o.Timeout = TimeSpan.FromSeconds(6)).ScoreAsync("q", ["a", "b"], default);
        await Clock.TimerSet(TimeSpan.FromSeconds(3));
        Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(2, (await answer).Count);
    }

    [Fact]
    public async Task Refusal_IsNotRetried_AndItsBodyStaysOut()
    {
        await using var service = await EmbeddingService.StartAsync(async context =>
        {
            context.Response.StatusCode = 401;
            await EmbeddingService.Json("""{"error":"bad key: secret, for: the text"}""")(context);
        });

        var failure = await FailureOf(Reranker(service.Endpoint, o => o.ApiKey = "secret"), "the text");

        Assert.Single(service.Requests);
        Assert.Contains("401", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("the text", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"results":[{"index":0,"relevance_score":1}]}""", "1 scores came for 2 texts")]
    [InlineData("""{"results":[{"index":0,"relevance_score":1},{"index":0,"relevance_score":1}]}""", "came twice")]
    [InlineData("""{"results":[{"index":2,"relevance_score":1},{"index":0,"relevance_score":1}]}""", "index 2")]
    [InlineData("""{"results":[{"index":-1,"relevance_score":1},{"index":0,"relevance_score":1}]}""", "index -1")]
    [InlineData("""{"results":[{"index":"0","relevance_score":1},{"index":1,"relevance_score":1}]}""", "no \"index\"")]
    [InlineData("""{"results":[{"relevance_score":1},{"relevance_score":1}]}""", "no \"index\"")]
    [InlineData("""{"results":[{"index":0,"relevance_score":1e999},{"index":1,"relevance_score":1}]}""", "finite")]
    [InlineData("""{"results":[{"index":0,"relevance_score":"NaN"},{"index":1,"relevance_score":1}]}""", "finite")]
    [InlineData("""{"results":[{"index":0},{"index":1}]}""", "finite")]
    [InlineData("""{"results":[7]}""", "no \"index\"")]
    [InlineData("""{"results":{}}""", "no array")]
    [InlineData("""[]""", "no array")]
    [InlineData("""<html>""", "not JSON")]
    public async Task AnswerThatIsNoUse_IsRefused_AndNotRetried(string body, string reason)
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Json(body));

        var failure = await Assert.ThrowsAsync<RerankerException>(async () => await Reranker(service.Endpoint).ScoreAsync("q", ["a", "b"], default));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Single(service.Requests);
    }

    private protected override Task AskOnceAsync(Uri endpoint, TimeSpan timeout, CancellationToken cancellationToken) =>
        Reranker(endpoint, o => (o.Timeout, o.RetriesMax) = (timeout, 0)).ScoreAsync("q", ["a"], cancellationToken).AsTask();

    private static Task<RerankerException> FailureOf(HttpReranker reranker, string text) =>
        Assert.ThrowsAsync<RerankerException>(async () => await reranker.ScoreAsync("q", [text], default));
}
