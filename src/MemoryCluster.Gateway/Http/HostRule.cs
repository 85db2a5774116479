using Microsoft.AspNetCore.Http;

namespace MemoryCluster.Gateway.Http;

/// <summary>The names under which the gateway may be called: without it, any page could reach a gateway on loopback by rebinding its DNS name.</summary>
internal sealed class HostRule(IEnumerable<string> configured)
{
    private static readonly string[] Loopback = ["127.0.0.1", "localhost", "[::1]"];

    private readonly string[] _hosts = [.. Loopback, .. configured];
    private readonly bool _any = configured.Contains("*");

    public bool Allows(string host)
    {
        if (_any)
        {
            return true;
        }

        foreach (var allowed in _hosts)
        {
            if (host.Equals(allowed, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    public bool AllowsOrigin(string? origin) =>
        _any || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && Allows(uri.Host));

    /// <summary>Probes and scrapers call by address, and what they are told is no secret.</summary>
    public static bool IsProbe(PathString path) => path.StartsWithSegments("/healthz") || path.StartsWithSegments("/metrics");
}
