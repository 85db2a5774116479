using System.Text;
using static MemoryCluster.Gateway.Tests.HostileInputs.Hostile;

namespace MemoryCluster.Gateway.Tests.HostileInputs;

/// <summary>Inputs 1 to 12: what is wrong before the body is read.</summary>
internal static class TransportInputs
{
    private const string Json = "Content-Type: application/json\r\n";
    private static readonly byte[] Large = Encoding.UTF8.GetBytes($$"""{"team":"t","agent":"a","text":"{{Repeat("x", 1 << 20)}}"}""");
    private static readonly byte[] Small = Encoding.UTF8.GetBytes($$"""{"team":"t","agent":"a","text":"{{HostileInput.Marker}}"}""");

    public static IEnumerable<HostileInput> All =>
    [
        new("1 body over 1 MB", 413, "body_too_large") { Body = Large },
        new("1 body over 1 MB in chunks", 413, "body_too_large")
        {
            Head = Json + "Transfer-Encoding: chunked\r\n", Body = [.. Encoding.ASCII.GetBytes($"{Large.Length:x}\r\n"), .. Large, .. "\r\n0\r\n\r\n"u8],
        },
        new("1 announced body over 32 MB", 413, "body_too_large") { Head = Json + "Content-Length: 99999999999\r\n" },
        new("2 headers over 16 KB", 431, null) { Method = "GET", Path = "/api/v1/teams", More = $"X-Filler: {Repeat("f", 17 << 10)}\r\n" },
        new("3 body without a length", 400, "json_invalid") { Head = Json, Body = Small },
        new("3 length and chunks together", 400, "request_invalid")
        {
            Head = Json + $"Content-Length: {Small.Length}\r\nTransfer-Encoding: chunked\r\n", Body = [.. Encoding.ASCII.GetBytes($"{Small.Length:x}\r\n"), .. Small, .. "\r\n0\r\n\r\n"u8],
        },
        new("3 body shorter than its length, from a caller that is gone", 0, null) { Head = Json + $"Content-Length: {Small.Length + 9}\r\n", Body = Small, EndSending = true },
        new("3 body longer than its length", 400, "json_invalid") { Head = Json + $"Content-Length: {Small.Length - 9}\r\n", Body = Small },
        new("3 two lengths", 400, null) { Head = Json + "Content-Length: 5\r\nContent-Length: 6\r\n", Body = Small },
        new("3 negative length", 400, null) { Head = Json + "Content-Length: -1\r\n" },
        new("3 broken chunk", 400, "request_invalid") { Head = Json + "Transfer-Encoding: chunked\r\n", Body = [.. "zz\r\n"u8, .. Small] },
        new("4 wrong media type", 415, "media_type_unsupported") { Body = Small, ContentType = "text/plain" },
        new("4 wrong charset", 415, "media_type_unsupported") { Body = Small, ContentType = "application/json; charset=utf-16" },
        new("4 no media type", 415, "media_type_unsupported") { Head = $"Content-Length: {Small.Length}\r\n", Body = Small },
        new("5 compressed body", 415, "content_encoding_unsupported") { Body = Small, More = "Content-Encoding: gzip\r\n" },
        new("6 unknown encoding", 415, "content_encoding_unsupported") { Body = Small, More = "Content-Encoding: rot13\r\n" },
        new("9 method not allowed", 405, "method_not_allowed") { Path = "/api/v1/teams/t", Body = Small },
        new("9 unknown method", 405, "method_not_allowed") { Method = "BREW", Path = "/api/v1/teams" },
        new("10 unlisted host", 403, "host_not_allowed") { Method = "GET", Path = "/api/v1/teams", Host = "rebind.example" },
        new("10 host that begins like an allowed one", 403, "host_not_allowed") { Method = "GET", Path = "/api/v1/teams", Host = "localhost.example" },
        new("10 unlisted origin", 403, "origin_not_allowed") { Body = Small, More = "Origin: https://page.example\r\n" },
        new("10 null origin", 403, "origin_not_allowed") { Body = Small, More = "Origin: null\r\n" },
        Get("11 URL over 4 KB", 414, "url_too_long", $"/api/v1/teams?x={Repeat("y", 4 << 10)}"),
        Get("11 URL over 8 KB", 414, null, $"/api/v1/teams?x={Repeat("y", 9 << 10)}"),
        Get("12 encoded slash", 400, "path_encoding", "/api/v1/teams/a%2Fb"),
        Get("12 encoded backslash", 400, "path_encoding", "/api/v1/teams/a%5cb"),
        Get("12 doubly encoded", 400, "path_encoding", "/api/v1/teams/a%252Fb"),
        Get("12 overlong slash", 400, "id_invalid", "/api/v1/teams/a%c0%afb"),
        Get("unknown route", 404, "route_unknown", "/api/v1/nothing"),
        Get("unknown query parameter", 400, "parameter_unknown", "/api/v1/teams?admin=true"),
        Get("query parameter of another case", 400, "parameter_unknown", "/api/v1/memories?TEAM=t"),
        Get("doubled query parameter", 400, "parameter_duplicate", "/api/v1/memories?team=t&team=u"),
    ];
}
