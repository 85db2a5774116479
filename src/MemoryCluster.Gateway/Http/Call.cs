using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using MemoryCluster.Gateway.Problems;
using MemoryCluster.Gateway.Validation;
using Microsoft.AspNetCore.Http;

namespace MemoryCluster.Gateway.Http;

/// <summary>One request on its way through a route: who calls, and what the handler needs of HTTP.</summary>
internal readonly struct Call(HttpContext http, GatewayServices services, Principal principal)
{
    public HttpContext Http { get; } = http;

    public GatewayServices Services { get; } = services;

    public Principal Principal { get; } = principal;

    public CancellationToken Aborted => Http.RequestAborted;

    public DateTimeOffset Now => Services.Clock.GetUtcNow();

    public ITenantGrain Tenant => Services.Grains.GetGrain<ITenantGrain>(GrainKey.Of(Principal.Tenant));

    public IMemoryGrain Memories => Services.Grains.GetGrain<IMemoryGrain>(GrainKey.Of(Principal.Tenant));

    /// <summary>The caller as the key alone proves it; with a key bound to nothing, the tenant's operator.</summary>
    public Caller KeyCaller => new()
    {
        Tenant = Principal.Tenant,
        Key = Principal.Key,
        Team = Principal.Team,
        Agent = Principal.Agent,
        User = Principal.User,
    };

    public ITeamGrain Team(TeamId team) => Services.Grains.GetGrain<ITeamGrain>(GrainKey.Of(Principal.Tenant, team));

    /// <summary>The model that the tenant's vectors are made by.</summary>
    public async Task<EmbedderModel> EmbedderModelAsync() => Services.Embedders.ModelFor(await Tenant.GetSnapshotAsync(Aborted));

    public string RouteValue(string name) => (string)Http.Request.RouteValues[name]!;

    public MemoryId MemoryId() => IdRule.Memory(RouteValue("id"), "id");

    public ValueTask<RequestBody> ReadBodyAsync(int bytesMax = GatewayLimits.BodyBytesMax) =>
        RequestBody.ReadAsync(Http.Request, bytesMax, Services.Bodies, Aborted);

    public async ValueTask<T> ReadAsync<T>(JsonTypeInfo<T> type)
        where T : class
    {
        using var body = await ReadBodyAsync();
        return body.Parse(type);
    }

    public Task ReplyAsync<T>(int status, T body, JsonTypeInfo<T> type)
    {
        ReplyBuffer.Write(Http.Response, status, "application/json", body, type);
        return Task.CompletedTask;
    }

    public Task ReplyAsync(int status)
    {
        Http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>The operation that the request's Idempotency-Key names; null where it has none.</summary>
    /// <param name="body">What must be the same when the key comes again.</param>
    /// <param name="part">Position in a batch, or the team of a request that runs over several.</param>
    public OperationId? Operation(ReadOnlySpan<byte> body, string part = "")
    {
        var header = Http.Request.Headers["Idempotency-Key"];
        if (header.Count == 0)
        {
            return null;
        }

        var key = header.Count == 1 ? header[0] ?? "" : "";
        if (key.Length is 0 or > 64 || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new RefusalException(Refusals.IdempotencyKeyInvalid, "Give one Idempotency-Key of 1 to 64 visible ASCII characters.", "Idempotency-Key");
        }

        // none of the parts contains a line feed, so the join is unambiguous
        var operation = string.Join('\n', Principal.Tenant.Value, Principal.Key, Http.Request.Method, Http.Request.Path.Value, key, part);
        return new OperationId(Digest(Encoding.UTF8.GetBytes(operation)), Digest(body));
    }

    private static Guid Digest(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new Guid(hash[..16]);
    }
}
