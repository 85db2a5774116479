using System.Net;

namespace MemoryCluster.Host.Serving;

/// <summary>What the addresses of <c>--urls</c> mean for who can reach them.</summary>
internal static class ListenAddresses
{
    /// <summary>What is wrong with them; null where nothing is.</summary>
    public static string? ErrorOf(string urls)
    {
        var addresses = Split(urls);
        return addresses.Length == 0 || !Array.TrueForAll(addresses, IsHttp)
            ? $"--urls is '{urls}'; it is http addresses with semicolons between, such as http://127.0.0.1:8080."
            : null;
    }

    public static bool AreLoopback(string urls) => Array.TrueForAll(Split(urls), IsLoopback);

    private static string[] Split(string urls) => urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // Kestrel takes *, + and names that no Uri takes, all of them for every address there is.
    private static bool IsHttp(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Scheme: "http", PathBase: "", Port: >= 0 and <= IPEndPoint.MaxPort };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsLoopback(string url)
    {
        var host = BindingAddress.Parse(url).Host;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }
}
