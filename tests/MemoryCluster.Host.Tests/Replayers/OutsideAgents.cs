using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.Host.Tests.Replayers;

/// <summary>An agent that replays runs at <c>/replay</c>, and a language model at <c>/v1/chat/completions</c>, on a free loopback port.</summary>
internal sealed class OutsideAgents : IAsyncDisposable
{
    public const string Secret = "the-secret-of-the-test";

    private readonly WebApplication _app;
    private int _refused;

    private OutsideAgents()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/replay", (RequestDelegate)ReplayAsync);
        _app.MapPost("/v1/chat/completions", (RequestDelegate)ChatAsync);
    }

    /// <summary>Requests whose signature was not what this side works out.</summary>
    public ConcurrentQueue<string> Unsigned { get; } = new();

    /// <summary>The ids of all requests, in their order.</summary>
    public ConcurrentQueue<string> Ids { get; } = new();

    public string Url => _app.Urls.First();

    public static async Task<OutsideAgents> StartAsync()
    {
        var agents = new OutsideAgents();
        await agents._app.StartAsync();
        return agents;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    // Better with a memory; the first request is turned away, and must come again.
    private async Task ReplayAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var headers = context.Request.Headers;
        var signed = Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{body}");
        if (headers["webhook-signature"] != "v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.ASCII.GetBytes(Secret), signed)))
        {
            Unsigned.Enqueue(body);
        }

        Ids.Enqueue(headers["webhook-id"].ToString());
        if (Interlocked.Increment(ref _refused) == 1)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var job = JsonDocument.Parse(body);
        var reward = job.RootElement.GetProperty("memory").ValueKind == JsonValueKind.Null ? 0 : 1;
        await context.Response.WriteAsJsonAsync(new { reward, tokens = 100, version = "test-1" });
    }

    // Knows what it is told; of sessions it makes up a name.
    private static async Task ChatAsync(HttpContext context)
    {
        using var request = await JsonDocument.ParseAsync(context.Request.Body);
        var told = request.RootElement.GetProperty("messages")[1].GetProperty("content").GetString()!;
        var content = told.Contains("page tokens", StringComparison.Ordinal) ? "Read every page of the report with the page tokens: count, wait and retry."
            : told.Contains("of the night", StringComparison.Ordinal) ? "Ada and Mallory checked the pumps of the night."
            : told.Contains("of the deploy", StringComparison.Ordinal) ? "Ada saw the cases of the deploy."
            : told.Contains("molten salt", StringComparison.Ordinal) ? "molten salt" : "water";
        await context.Response.WriteAsJsonAsync(new
        {
            model = "m-1", choices = new[] { new { message = new { role = "assistant", content }, finish_reason = "stop" } }, usage = new { total_tokens = 50 },
        });
    }
}
