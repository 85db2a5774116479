using MemoryCluster.Embedders.Tests.Http;
using Microsoft.Extensions.AI;

namespace MemoryCluster.Embedders.Tests.Chat;

public sealed class HttpChatClientTests : ModelServiceContract
{
    private const string Paris = """
        {"id":"c-1","model":"m-2","choices":[{"index":0,"message":{"role":"assistant","content":"Paris"},"finish_reason":"stop"}],
         "usage":{"prompt_tokens":9,"completion_tokens":1,"total_tokens":10}}
        """;

    private static readonly ChatMessage[] Question = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Capital of France?")];

    private HttpChatClient Client(Uri endpoint, Action<ChatClientOptions>? configure = null)
    {
        var options = new ChatClientOptions { Endpoint = endpoint, Model = "m", RetryDelay = TimeSpan.Zero };
        configure?.Invoke(options);
        return new HttpChatClient(Http, options, Clock, new Random(1));
    }

    [Fact]
    public async Task Answer_IsReadWithItsUsage()
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Json(Paris));

        var response = await Client(service.Endpoint).GetResponseAsync(Question);

        Assert.Equal(("Paris", "c-1", "m-2", ChatFinishReason.Stop), (response.Text, response.ResponseId, response.ModelId, response.FinishReason));
        Assert.Equal((9, 1, 10), (response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount, response.Usage?.TotalTokenCount));
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":"Paris"}}]}""", null)]
    [InlineData("""{"choices":[{"message":{"content":"Paris"}}],"usage":{"prompt_tokens":2,"completion_tokens":3}}""", 5L)]
    [InlineData("""{"choices":[{"message":{"content":"Paris"}}],"usage":{"prompt_tokens":-2,"completion_tokens":"3"}}""", null)]
    [InlineData("""{"choices":[{"message":{"content":"Paris"}}],"usage":7}""", null)]
    public async Task Usage_MayBeMissing(string body, long? tokens)
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Json(body));

        var response = await Client(service.Endpoint).GetResponseAsync(Question);

        Assert.Equal(("Paris", tokens), (response.Text, response.Usage?.TotalTokenCount));
    }

    [Fact]
    public async Task Request_CarriesWhatTheOptionsSay()
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Json(Paris));

        await Client(service.Endpoint, o => o.ApiKey = "secret").GetResponseAsync(Question, new ChatOptions { Seed = 7, MaxOutputTokens = 5, StopSequences = ["."] });
        await Client(new Uri(service.Endpoint + "/"), o => (o.RequestCompletionTokens, o.RequestTemperature, o.TokensMax) = (true, false, 64))
            .GetResponseAsync([new ChatMessage(ChatRole.User, "q")], new ChatOptions { MaxOutputTokens = 65, Instructions = "i", ModelId = "n", Temperature = 1, TopP = 0.5f });

        Assert.Equal(
            [
                """
                {"model":"m","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Capital of France?"}],
                "temperature":0,"seed":7,"stop":["."],"max_tokens":5,"stream":false}
                """.ReplaceLineEndings(""),
                """
                {"model":"n","messages":[{"role":"system","content":"i"},{"role":"user","content":"q"}],"top_p":0.5,"max_completion_tokens":64,"stream":false}
                """,
            ],
            service.Requests.Select(request => request.GetRawText()));
        Assert.Equal(["Bearer secret", ""], service.Authorizations);
    }

    [Fact]
    public async Task StreamingCall_GivesTheWholeAnswer()
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Json(Paris));

        var response = await Client(service.Endpoint).GetStreamingResponseAsync(Question).ToChatResponseAsync();

        Assert.Equal(("Paris", 10), (response.Text, response.Usage?.TotalTokenCount));
    }

    [Fact]
    public async Task WhatIsNoText_IsRefused_BeforeAnythingIsSent()
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Json(Paris));
        var client = Client(service.Endpoint);
        ChatMessage picture = new(ChatRole.User, [new UriContent("https://example.org/a.png", "image/png")]);

        await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync([picture]));
        await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync(Question, new ChatOptions { ResponseFormat = ChatResponseFormat.Json }));

        Assert.Empty(service.Requests);
    }

    [Fact]
    public void Metadata_NamesTheModel()
    {
        using var client = Client(new Uri("http://127.0.0.1/v1"));

        Assert.Equal("m", client.GetService<ChatClientMetadata>()?.DefaultModelId);
        Assert.Same(client, client.GetService<HttpChatClient>());
        Assert.Null(client.GetService<HttpClient>());
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task BusyOrFailingService_IsAskedAgain(int status)
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Status(status), EmbeddingService.Json(Paris));

        Assert.Equal("Paris", (await Client(service.Endpoint).GetResponseAsync(Question)).Text);

        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task RetryAfter_IsHeeded_UpToTheLongestPause()
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Status(429, "3600"), EmbeddingService.Json(Paris));

        var answer = Client(service.Endpoint, o => o.RetryDelayMax = TimeSpan.FromSeconds(3)).GetResponseAsync(Question);
        await Clock.TimerSet(TimeSpan.FromSeconds(3));
        Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("Paris", (await answer).Text);
    }

    [Fact]
    public async Task ServiceThatStaysBusy_IsATransientFailure()
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Status(429));

        var failure = await Assert.ThrowsAsync<ChatServiceException>(() => Client(service.Endpoint, o => o.RetriesMax = 2).GetResponseAsync(Question));

        Assert.True(failure.IsTransient);
        Assert.Contains("429, at attempt 3 of 3", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, service.Requests.Count);
    }

    [Fact]
    public async Task Refusal_IsNotRetried_AndItsBodyStaysOut()
    {
        await using var service = await EmbeddingService.StartAsync(async context =>
        {
            context.Response.StatusCode = 401;
            await EmbeddingService.Json("""{"error":"bad key: secret, for: Capital of France?"}""")(context);
        });

        var failure = await Assert.ThrowsAsync<ChatServiceException>(() => Client(service.Endpoint, o => o.ApiKey = "secret").GetResponseAsync(Question));

        Assert.Single(service.Requests);
        Assert.False(failure.IsTransient);
        Assert.Contains("401", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("France", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"choices":[]}""", "\"choices\"")]
    [InlineData("""{"choices":{}}""", "\"choices\"")]
    [InlineData("""{}""", "\"choices\"")]
    [InlineData("""[]""", "\"choices\"")]
    [InlineData("""{"choices":[7]}""", "\"content\"")]
    [InlineData("""{"choices":[{"message":7}]}""", "\"content\"")]
    [InlineData("""{"choices":[{"message":{"content":null}}]}""", "\"content\"")]
    [InlineData("""{"choices":[{"message":{"content":["Paris"]}}]}""", "\"content\"")]
    [InlineData("""{"choices":[{"message":{"content":"Par""", "not JSON")]
    [InlineData("""<html>""", "not JSON")]
    [InlineData("", "not JSON")]
    public async Task AnswerThatIsNoUse_IsRefused_AndNotRetried(string body, string reason)
    {
        await using var service = await EmbeddingService.StartAsync(EmbeddingService.Json(body));

        var failure = await Assert.ThrowsAsync<ChatServiceException>(() => Client(service.Endpoint).GetResponseAsync(Question));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
        Assert.Single(service.Requests);
    }

    private protected override Task AskOnceAsync(Uri endpoint, TimeSpan timeout, CancellationToken cancellationToken) =>
        Client(endpoint, o => (o.Timeout, o.RetriesMax) = (timeout, 0)).GetResponseAsync(Question, cancellationToken: cancellationToken);
}
