using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MemoryCluster.Gateway;

/// <summary>The limits of the contract on what a request may be, and their place in Kestrel.</summary>
public static class GatewayLimits
{
    /// <summary>Request body: 1 MB.</summary>
    public const int BodyBytesMax = 1 << 20;

    /// <summary>Body of a batch: 32 MB, which holds 1,000 texts of 32 KB.</summary>
    public const int BatchBytesMax = 32 << 20;

    /// <summary>Body of a run: 8 MB, which holds 128 steps with 32 KB in and out.</summary>
    public const int RunBytesMax = 8 << 20;

    /// <summary>Request target: 4 KB.</summary>
    public const int UrlBytesMax = 4 << 10;

    /// <summary>Request headers together: 16 KB.</summary>
    public const int HeaderBytesMax = 16 << 10;

    /// <summary>Requests of one HTTP/2 connection at a time: 100.</summary>
    public const int StreamsMax = 100;

    /// <summary>A body slower than 1 KB/s for 5 seconds is given up with 408.</summary>
    public const int BodyBytesPerSecondMin = 1 << 10;

    /// <summary>Sets Kestrel to these limits.</summary>
    public static IWebHostBuilder UseMemoryClusterLimits(this IWebHostBuilder host) => host.ConfigureKestrel(server =>
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestBodySize = BatchBytesMax;
        server.Limits.MaxRequestHeadersTotalSize = HeaderBytesMax;
        // Twice the limit: a target between the two still gets a problem document, a longer one Kestrel's bare 414.
        server.Limits.MaxRequestLineSize = 2 * UrlBytesMax;
        server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        server.Limits.MinRequestBodyDataRate = new MinDataRate(BodyBytesPerSecondMin, TimeSpan.FromSeconds(5));
        server.Limits.Http2.MaxStreamsPerConnection = StreamsMax;
    });
}
