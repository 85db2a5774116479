using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.Replayers.Tests.Webhooks;

/// <summary>A real server on a free loopback port, which answers as the test says and remembers what it was sent.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookServer(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            Seen.Enqueue((context.Request.Path, await reader.ReadToEndAsync(), context.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString())));
            await answer(context);
        });
    }

    public ConcurrentQueue<(string Path, string Body, Dictionary<string, string> Headers)> Seen { get; } = new();

    public string Url => _app.Urls.First() + "/replay";

    public static async Task<WebhookServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var server = new WebhookServer(answer);
        await server._app.StartAsync();
        return server;
    }

    public static Task<WebhookServer> StartAsync(string body, int status = 200) => StartAsync(context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    });

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
