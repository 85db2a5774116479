using System.Net;

namespace MemoryCluster;

/// <summary>
/// Which addresses the cluster may call on somebody's word: those of the public internet, and networks that the operator has allowed. Everything
/// that is loopback, private, link-local (cloud metadata with it), shared, multicast, reserved, a documentation range, or an IPv6 form that
/// carries an IPv4 address (mapped, NAT64, 6to4, Teredo) is refused.
/// </summary>
/// <remarks>The IANA registries of special-purpose addresses, IPv4 and IPv6, as of 2025, and two public addresses that clouds use inside.</remarks>
public sealed class AddressRule
{
    private const int Bytes4 = 4;

    private static readonly IPNetwork[] Special4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    // What is no global unicast is refused as a whole; these lie inside of it.
    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] Special6 =
        [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20" }.Select(IPNetwork.Parse)];

    private readonly IPNetwork[] _allowed;

    /// <param name="allowed">Networks that may be called although they are not public, also without TLS.</param>
    public AddressRule(IEnumerable<IPNetwork> allowed) => _allowed = [.. allowed];

    /// <summary>Nothing but the public internet.</summary>
    public static AddressRule PublicOnly { get; } = new([]);

    /// <summary>Whether the operator has allowed any network.</summary>
    public bool AllowsNetworks => _allowed.Length > 0;

    /// <summary>Whether the operator has allowed this very address.</summary>
    public bool IsAllowListed(IPAddress address) => Array.Exists(_allowed, network => Holds(network, address));

    /// <summary>Whether the address may be called.</summary>
    public bool MayCall(IPAddress address) => IsAllowListed(address) || IsPublic(address);

    private static bool IsPublic(IPAddress address) => address.GetAddressBytes().Length == Bytes4
        ? !Array.Exists(Special4, network => Holds(network, address))
        : address.ScopeId == 0 && Holds(Global6, address) && !Array.Exists(Special6, network => Holds(network, address));

    // A network of .NET 10 takes an IPv4 address in IPv6 clothes for either: 2000::/3 holds ::ffff:10.0.0.1 by it. By us none does.
    private static bool Holds(IPNetwork network, IPAddress address) =>
        !address.IsIPv4MappedToIPv6 && network.BaseAddress.GetAddressBytes().Length == address.GetAddressBytes().Length && network.Contains(address);
}
