using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.Client.Tests;

/// <summary>A server on loopback that writes down what it is asked and answers by the script, in order.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Queue<RequestDelegate> _script;
    private readonly List<SeenRequest> _seen = [];

    private FakeServer(WebApplication app, IEnumerable<RequestDelegate> script)
    {
        _app = app;
        _script = new Queue<RequestDelegate>(script);
    }

    public Uri Url => new(_app.Urls.First());

    public IReadOnlyList<SeenRequest> Seen => _seen;

    public static async Task<FakeServer> StartAsync(params RequestDelegate[] script)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new FakeServer(app, script);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public static RequestDelegate Json(string body, int status = StatusCodes.Status200OK) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    };

    public static RequestDelegate Problem(int status, string code, string? field = null, int? retryAfterSeconds = null) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        if (retryAfterSeconds is not null)
            context.Response.Headers.RetryAfter = $"{retryAfterSeconds}";
        var member = field is null ? "" : $",\"field\":\"{field}\"";
        return context.Response.WriteAsync(
            $$"""{"type":"urn:memorycluster:{{code}}","title":"No.","status":{{status}},"code":"{{code}}","detail":"Do it otherwise."{{member}}}""");
    };

    /// <summary>Takes the request and drops the connection.</summary>
    public static RequestDelegate Break() => context =>
    {
        context.Abort();
        return Task.CompletedTask;
    };

    /// <summary>Takes the request and never answers; ends when the client gives up.</summary>
    public static RequestDelegate Silence() => context =>
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        context.RequestAborted.Register(gone.SetResult);
        return gone.Task;
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        RequestDelegate answer;
        lock (_script)
        {
            _seen.Add(SeenRequest.Of(context.Request, body));
            answer = _script.Dequeue();
        }

        await answer(context);
    }
}
