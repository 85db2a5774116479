using MemoryCluster.Gateway.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace MemoryCluster.Gateway.Http;

/// <summary>Which bodies are taken: JSON in UTF-8, as it is.</summary>
internal static class ContentRule
{
    public static void Check(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0)
        {
            throw new RefusalException(Refusals.ContentEncodingUnsupported, "Send the body without Content-Encoding: compressed bodies are not taken.");
        }

        if (CanHaveBody(request) && !IsJson(request.ContentType))
        {
            throw new RefusalException(Refusals.MediaTypeUnsupported, "Send Content-Type: application/json, in UTF-8.");
        }
    }

    private static bool CanHaveBody(HttpRequest request) =>
        request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? request.ContentLength is not 0;

    private static bool IsJson(string? contentType) =>
        contentType is "application/json" or "application/json; charset=utf-8"
        || (MediaTypeHeaderValue.TryParse(contentType, out var parsed)
            && parsed.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!parsed.Charset.HasValue || parsed.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)));
}
