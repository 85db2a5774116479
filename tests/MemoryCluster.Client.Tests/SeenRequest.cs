using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MemoryCluster.Client.Tests;

/// <summary>A request as the server got it; the target is as it stood on the wire.</summary>
internal sealed record SeenRequest(string Line, string Body, string? Authorization, string? IdempotencyKey, string? IfMatch)
{
    public static SeenRequest Of(HttpRequest request, string body) => new(
        $"{request.Method} {request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget}", body,
        Header(request, "Authorization"), Header(request, "Idempotency-Key"), Header(request, "If-Match"));

    private static string? Header(HttpRequest request, string name) => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;
}
