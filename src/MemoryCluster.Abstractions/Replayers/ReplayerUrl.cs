using System.Net;

namespace MemoryCluster;

/// <summary>The rule that a replayer's address obeys before anything is resolved; what its name resolves to is checked when it is called.</summary>
public static class ReplayerUrl
{
    /// <summary>Longest address, in characters: 2,048.</summary>
    public const int LengthMax = 2_048;

    private const int HttpsPort = 443;
    private const int UserPortMin = 1_024;

    private static readonly string[] LocalNames =
        ["localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "arpa", "test", "invalid"];

    /// <summary>What is wrong with an address, as a sentence that says what to do; null where nothing is.</summary>
    public static string? Flaw(string text, AddressRule rule)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(rule);
        if (text.Length is 0 or > LengthMax || text.Any(c => c is <= ' ' or > '~' or '\\' or '"' or '<' or '>'))
        {
            return $"Give 1 to {LengthMax} visible ASCII characters, without backslashes; a name beyond ASCII in its xn-- form.";
        }

        if (text.Contains('#', StringComparison.Ordinal))
        {
            return "Leave out the fragment: it is never sent.";
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || !(url.Scheme is "https" or "http") || url.Host.Length == 0)
        {
            return "Give an absolute address with https.";
        }

        var authority = AuthorityOf(text);
        return authority.Contains('@', StringComparison.Ordinal) || url.UserInfo.Length > 0 ? "Leave the credentials out of the address; the calls are signed."
            : authority.Contains('%', StringComparison.Ordinal) ? "Write the host without percent signs."
            : FlawOfScheme(url, rule) ?? FlawOfPort(url, rule) ?? FlawOfHost(url, rule);
    }

    private static string AuthorityOf(string text)
    {
        var start = text.IndexOf(':', StringComparison.Ordinal) + 1;
        var authority = text.AsSpan(start).TrimStart('/');
        var end = authority.IndexOfAny('/', '?');
        return (end < 0 ? authority : authority[..end]).ToString();
    }

    private static string? FlawOfScheme(Uri url, AddressRule rule) =>
        url.Scheme == "https" || rule.AllowsNetworks ? null : "Use https: the operator has allowed no network in which http will do.";

    private static string? FlawOfPort(Uri url, AddressRule rule) =>
        url.Port is HttpsPort or >= UserPortMin || (rule.AllowsNetworks && url.Port > 0) ? null : $"Use port {HttpsPort}, or one from {UserPortMin} on.";

    private static string? FlawOfHost(Uri url, AddressRule rule)
    {
        switch (url.HostNameType)
        {
            case UriHostNameType.IPv4 or UriHostNameType.IPv6:
                var address = IPAddress.Parse(url.DnsSafeHost);
                return !rule.MayCall(address) ? "That address is not of the public internet, and the operator has not allowed its network."
                    : url.Scheme == "http" && !rule.IsAllowListed(address) ? "Use https outside of the networks that the operator has allowed."
                    : null;
            case UriHostNameType.Dns:
                return FlawOfName(url.IdnHost.TrimEnd('.'), rule);
            default:
                return "Give a host name or an address.";
        }
    }

    private static string? FlawOfName(string name, AddressRule rule)
    {
        var labels = name.Split('.');
        var last = labels[^1];
        if (labels.Contains("") || IsNumber(last))
        {
            return "Give a host name whose last part is no number.";
        }

        // Where networks are allowed, so are names for what stands in them: what they resolve to is looked at all the same.
        return rule.AllowsNetworks || (labels.Length > 1 && !LocalNames.Contains(last, StringComparer.OrdinalIgnoreCase))
            ? null
            : "Give a host name of the public internet, or have the operator allow the network that it stands in.";
    }

    private static bool IsNumber(string label) =>
        label.All(char.IsAsciiDigit) || (label.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && label.Skip(2).All(char.IsAsciiHexDigit));
}
