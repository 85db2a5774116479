using System.Globalization;
using System.Net;
using MemoryCluster.LoadTests.Processes;

namespace MemoryCluster.LoadTests.Fleet.Networks;

/// <summary>
/// Each silo in a network namespace of its own, on a bridge that leads nowhere else; what a silo shall not hear or say its own packet filter
/// drops. Needs Linux, root, <c>ip</c> (iproute2) and <c>nft</c> (nftables).
/// </summary>
internal sealed class NamespaceNetwork : IFleetNetwork
{
    private const string Table = "memorycluster";
    private const int FirstHost = 10;

    // 10.231.0.0/16, a part of what is set aside for private use (RFC 1918); the process's number keeps two runs apart.
    private readonly int _subnet = 1 + (Environment.ProcessId % 250);
    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"mc{Environment.ProcessId % 100_000}");
    private readonly int _silos;

    private NamespaceNetwork(int silos) => _silos = silos;

    public string Description => "a network namespace for each silo, whose packet filter (nftables) cuts links, and a proxy before Redis for each";

    public IPAddress ProxyAddress => Address(1);

    /// <summary>Why it cannot be had here; null where it can.</summary>
    public static string? Missing() =>
        !OperatingSystem.IsLinux() ? "network namespaces are Linux's"
        : !Environment.IsPrivilegedProcess ? "network namespaces need root"
        : !SystemCommand.Exists("ip") ? "'ip' is not on the PATH (Debian: apt-get install iproute2)"
        : !SystemCommand.Exists("nft") ? "'nft' is not on the PATH (Debian: apt-get install nftables)"
        : null;

    public static async Task<NamespaceNetwork> CreateAsync(int silos, CancellationToken cancellationToken)
    {
        var network = new NamespaceNetwork(silos);
        try
        {
            await network.CreateAsync(cancellationToken);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    public IPAddress AddressOf(int silo) => Address(FirstHost + silo);

    public IReadOnlyList<string> LauncherOf(int silo) => ["ip", "netns", "exec", Namespace(silo)];

    public Task DeafenAsync(int silo, int to, CancellationToken cancellationToken) =>
        AddRuleAsync(silo, $"input ip saddr {AddressOf(to)} drop", cancellationToken);

    public async Task IsolateAsync(int silo, int httpPort, CancellationToken cancellationToken)
    {
        foreach (var (chain, port, own) in ((string, string, string)[])[("input", "dport", "iif"), ("output", "sport", "oif")])
            await AddRulesAsync(silo, chain, [$"tcp {port} {httpPort} accept", $"{own} lo accept", "drop"], cancellationToken);
    }

    public async Task HealAsync(CancellationToken cancellationToken)
    {
        for (var silo = 1; silo <= _silos; silo++)
            await FilterAsync(silo, $"flush table inet {Table}", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        for (var silo = 1; silo <= _silos; silo++)
            await TryAsync("netns", "del", Namespace(silo));
        await TryAsync("link", "del", _name);
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        await IpAsync(cancellationToken, "link", "add", _name, "type", "bridge");
        await IpAsync(cancellationToken, "addr", "add", $"{ProxyAddress}/24", "dev", _name);
        await IpAsync(cancellationToken, "link", "set", _name, "up");
        for (var silo = 1; silo <= _silos; silo++)
            await AddAsync(silo, cancellationToken);
    }

    private async Task AddAsync(int silo, CancellationToken cancellationToken)
    {
        var (space, wire) = (Namespace(silo), $"{_name}v{silo}");
        await IpAsync(cancellationToken, "netns", "add", space);
        await IpAsync(cancellationToken, "link", "add", wire, "type", "veth", "peer", "name", "eth0", "netns", space);
        await IpAsync(cancellationToken, "link", "set", wire, "master", _name, "up");
        await IpAsync(cancellationToken, "-n", space, "addr", "add", $"{AddressOf(silo)}/24", "dev", "eth0");
        await IpAsync(cancellationToken, "-n", space, "link", "set", "eth0", "up");
        await IpAsync(cancellationToken, "-n", space, "link", "set", "lo", "up");
        await FilterAsync(silo, $"add table inet {Table}", cancellationToken);
        foreach (var hook in (string[])["input", "output"])
            await FilterAsync(silo, $"add chain inet {Table} {hook} {{ type filter hook {hook} priority 0; }}", cancellationToken);
    }

    private async Task AddRulesAsync(int silo, string chain, string[] rules, CancellationToken cancellationToken)
    {
        foreach (var rule in rules)
            await AddRuleAsync(silo, $"{chain} {rule}", cancellationToken);
    }

    private Task AddRuleAsync(int silo, string rule, CancellationToken cancellationToken) =>
        FilterAsync(silo, $"add rule inet {Table} {rule}", cancellationToken);

    private Task FilterAsync(int silo, string command, CancellationToken cancellationToken) =>
        SystemCommand.RunAsync("ip", ["netns", "exec", Namespace(silo), "nft", command], cancellationToken);

    private static Task IpAsync(CancellationToken cancellationToken, params string[] words) => SystemCommand.RunAsync("ip", words, cancellationToken);

    private static async Task TryAsync(params string[] words)
    {
        try
        {
            await SystemCommand.RunAsync("ip", words, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            // What was never made need not be taken away.
        }
    }

    private string Namespace(int silo) => $"{_name}-{silo}";

    private IPAddress Address(int host) => new([10, 231, (byte)_subnet, (byte)host]);
}
