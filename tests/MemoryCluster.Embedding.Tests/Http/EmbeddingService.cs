using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.Embedders.Tests.Http;

/// <summary>A real HTTP service on a free loopback port, whose answers the test lines up; after the last it repeats the last.</summary>
internal sealed class EmbeddingService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers = new();
    private Func<HttpContext, Task>? _last;

    private EmbeddingService()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/v1/embeddings", AnswerAsync);
        _app.MapPost("/v1/rerank", AnswerAsync);
        _app.MapPost("/v1/chat/completions", AnswerAsync);
    }

    public ConcurrentQueue<JsonElement> Requests { get; } = new();

    public ConcurrentQueue<string> Authorizations { get; } = new();

    public Uri Endpoint => new(_app.Urls.First() + "/v1");

    public static async Task<EmbeddingService> StartAsync(params Func<HttpContext, Task>[] answers)
    {
        var service = new EmbeddingService();
        Array.ForEach(answers, service._answers.Enqueue);
        await service._app.StartAsync();
        return service;
    }

    public static Func<HttpContext, Task> Json(string body) => context =>
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    };

    /// <summary>A vector for each text, by its length and first letter: any model will do.</summary>
    public static Task Embed(HttpContext context)
    {
        var texts = ((JsonElement)context.Items[typeof(JsonElement)]!).GetProperty("input").EnumerateArray().Select(text => text.GetString()!);
        var data = texts.Select((text, index) => new { index, embedding = new[] { 1f, text.Length, text.Length == 0 ? 0 : text[0] } });
        return context.Response.WriteAsJsonAsync(new { data });
    }

    public static Func<HttpContext, Task> Status(int status, string? retryAfter = null) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    };

    /// <summary>No answer until the caller goes away.</summary>
    public static Task Silence(HttpContext context) => new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var request = body.RootElement.Clone();
        Requests.Enqueue(request);
        context.Items[typeof(JsonElement)] = request;
        Authorizations.Enqueue(context.Request.Headers.Authorization.ToString());
        _last = _answers.TryDequeue(out var next) ? next : _last;
        await _last!(context);
    }
}
