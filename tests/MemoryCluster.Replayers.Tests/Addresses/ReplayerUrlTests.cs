using System.Net;

namespace MemoryCluster.Replayers.Tests.Addresses;

public sealed class ReplayerUrlTests
{
    private static readonly AddressRule Laptop = new([IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("10.9.0.0/16"), IPNetwork.Parse("fd00:9::/32")]);

    private static readonly string[] Forms =
    [
        // no https
        "http://agents.example.org/replay", "ftp://agents.example.org/", "file:///etc/passwd", "gopher://agents.example.org/", "ws://agents.example.org/",
        "javascript:alert(1)", "data:text/plain,x", "unix:/run/agent.sock", "agents.example.org/replay", "//agents.example.org/replay", "/replay", "https:",
        "https://", "https:///replay", "",
        // credentials, fragments, characters that readers see otherwise
        "https://user@agents.example.org/", "https://user:secret@agents.example.org/", "https://@agents.example.org/",
        "https://agents.example.org@127.0.0.1/", "https://agents.example.org/#part", "https://agents.example.org/a b", "https://agents.example.org/\r\nHost: x",
        "https://agents.example.org\\@127.0.0.1/", "https:\\\\127.0.0.1\\", "https://agents.exämple.org/", "https://agents。example。org/",
        "https://①②⑦.⓪.⓪.①/", "https://127%2e0%2e0%2e1/", "https://%31%32%37.0.0.1/", "https://agents.example.org/\u0000", " https://agents.example.org/",
        // ports
        "https://agents.example.org:22/", "https://agents.example.org:25/", "https://agents.example.org:80/", "https://agents.example.org:0/",
        "https://agents.example.org:65536/", "https://agents.example.org:-1/",
        // names for what is inside
        "https://localhost/", "https://LOCALHOST/", "https://localhost./", "https://a.localhost/", "https://localhost.localdomain/", "https://printer.local/",
        "https://metadata.google.internal/", "https://intranet/", "https://kubernetes.default.svc.cluster.local/", "https://router.lan/", "https://nas.home.arpa/",
        // loopback and this host in every spelling
        "https://127.0.0.1/", "https://127.1/", "https://127.0.1/", "https://0x7f000001/", "https://0x7f.0.0.1/", "https://2130706433/", "https://017700000001/",
        "https://0177.0.0.1/", "https://127.255.255.254/", "https://0.0.0.0/", "https://0/", "https://[::1]/", "https://[::]/", "https://[0:0:0:0:0:0:0:1]/",
        "https://127.0.0.1./",
        // private, link-local, metadata, shared, reserved
        "https://10.0.0.1/", "https://172.16.0.1/", "https://172.31.255.255/", "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data/",
        "https://0xa9fea9fe/", "https://2852039166/", "https://169.254.1.1/", "https://100.64.0.1/", "https://100.100.100.200/", "https://168.63.129.16/",
        "https://192.0.0.192/", "https://198.18.0.1/", "https://192.0.2.1/", "https://198.51.100.7/", "https://203.0.113.9/", "https://224.0.0.1/",
        "https://239.255.255.250/", "https://240.0.0.1/", "https://255.255.255.255/",
        // IPv6, and IPv4 inside of it
        "https://[fe80::1]/", "https://[fe80::1%25eth0]/", "https://[fc00::1]/", "https://[fd00:ec2::254]/", "https://[fec0::1]/", "https://[ff02::1]/",
        "https://[::ffff:127.0.0.1]/", "https://[::ffff:10.0.0.1]/", "https://[::ffff:8.8.8.8]/", "https://[::7f00:1]/", "https://[64:ff9b::7f00:1]/",
        "https://[64:ff9b::8.8.8.8]/", "https://[64:ff9b:1::1]/", "https://[2002:7f00:1::]/", "https://[2001::1]/", "https://[2001:db8::1]/", "https://[100::1]/",
        "https://[3fff::1]/", "https://[::ffff:0:127.0.0.1]/",
    ];

    public static TheoryData<string> Refused => [.. Forms];

    [Theory]
    [MemberData(nameof(Refused))]
    public void Form_IsRefused(string url) => Assert.NotNull(ReplayerUrl.Flaw(url, AddressRule.PublicOnly));

    [Fact]
    public void Forms_AreSixtyAndMore() => Assert.True(Forms.Length >= 60);

    [Theory]
    [InlineData("https://agents.example.org/replay?kind=a")]
    [InlineData("https://agents.example.org:8443/")]
    [InlineData("https://AGENTS.example.org")]
    [InlineData("https://xn--exmple-cua.org/")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://[2606:4700:4700::1111]/")]
    [InlineData("https://agents.example.org/a@b")]
    public void PublicAddress_IsTaken(string url) => Assert.Null(ReplayerUrl.Flaw(url, AddressRule.PublicOnly));

    [Theory]
    [InlineData("http://127.0.0.1:9000/replay", true)]
    [InlineData("http://localhost:80/replay", true)]
    [InlineData("http://10.9.1.1/", true)]
    [InlineData("https://[fd00:9::1]/", true)]
    [InlineData("http://8.8.8.8/", false)]
    [InlineData("https://10.8.1.1/", false)]
    [InlineData("https://169.254.169.254/", false)]
    [InlineData("https://[::ffff:127.0.0.1]/", false)]
    [InlineData("http://user@127.0.0.1/", false)]
    public void AllowedNetworks_MayBeCalled_AndNothingBeside(string url, bool isTaken) => Assert.Equal(isTaken, ReplayerUrl.Flaw(url, Laptop) is null);

    [Fact]
    public void Flaw_NeverRepeatsTheAddress() =>
        Assert.All(Forms.Where(url => url.Length > 8), url => Assert.DoesNotContain(url, ReplayerUrl.Flaw(url, AddressRule.PublicOnly), StringComparison.Ordinal));

    [Theory]
    [InlineData("0123456789abcdef", true)]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", true)]
    [InlineData("0123456789abcde", false)]
    [InlineData("0123456789 abcdef", false)]
    [InlineData("0123456789abcdeé", false)]
    [InlineData("whsec_c2hvcnQta2V5LW9ubHk=", false)]
    [InlineData("whsec_not-base64-not-base64-not-base64!", false)]
    public void Secret_HasItsForm(string secret, bool isValid) => Assert.Equal(isValid, ReplayerSecret.IsValid(secret));

    [Fact]
    public void Secret_IsNotTooLong() => Assert.Equal((true, false), (ReplayerSecret.IsValid(new string('s', 256)), ReplayerSecret.IsValid(new string('s', 257))));
}
