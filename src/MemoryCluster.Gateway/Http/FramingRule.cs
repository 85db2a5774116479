using MemoryCluster.Gateway.Problems;
using Microsoft.AspNetCore.Http;

namespace MemoryCluster.Gateway.Http;

/// <summary>Refuses a request that says its length in two ways: proxies differ in which they believe (request smuggling, RFC 9112 §6.3).</summary>
internal static class FramingRule
{
    public static Problem? Check(HttpRequest request)
    {
        var headers = request.Headers;
        // Kestrel believes the chunks and moves the length aside, under this name
        return headers.TransferEncoding.Count > 0 && (headers.ContentLength is not null || headers.ContainsKey("X-Content-Length"))
            ? ProblemFactory.Of(Refusals.RequestInvalid, "Say the body's length once: by Content-Length or in chunks.", "Content-Length")
            : null;
    }
}
