using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace MemoryCluster.Replayers.Tests.Webhooks;

public sealed class WebhookReplayerTests : IDisposable
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Answer = """{"reward":0.75,"tokens":812,"latencyMs":12.5,"version":"planner-7","more":[1]}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(7);
    private static readonly AddressRule Loopback = new([IPNetwork.Parse("127.0.0.0/8")]);

    private readonly ManualClock _clock = new();
    private readonly List<string> _resolved = [];
    private readonly List<HttpClient> _clients = [];

    private static ReplayRequest Request { get; } = new()
    {
        Id = "msg_1", Task = "t", Input = "i", Seeds = [7], Expected = null, Memory = "m", Body = """{"task":"what is „it“?"}""", Fingerprint = Guid.Empty,
    };

    private WebhookReplayer Replayer(AddressRule? rule = null, params string[] addresses)
    {
        var dial = new CheckedDial(rule ?? Loopback, (name, _) =>
        {
            _resolved.Add(name);
            return Task.FromResult(Array.ConvertAll(addresses, IPAddress.Parse));
        });
        var client = ReplayerServiceCollectionExtensions.CreateClient(dial);
        _clients.Add(client);
        return new WebhookReplayer(client, Patience, _clock);
    }

    [Fact]
    public async Task Answer_IsRead()
    {
        await using var server = await WebhookServer.StartAsync(Answer);

        Assert.Equal(new ReplayAnswer(0.75, 812, 12.5, "planner-7"), await AskAsync(Replayer(), server.Url));
    }

    [Fact]
    public async Task Answer_MayLeaveOutLatencyAndVersion()
    {
        await using var server = await WebhookServer.StartAsync("""{"reward":1,"tokens":0,"latencyMs":null}""");

        Assert.Equal(new ReplayAnswer(1, 0, null, null), await AskAsync(Replayer(), server.Url));
    }

    [Fact]
    public async Task Request_IsTheBody_SignedOverIdTimeAndBody()
    {
        await using var server = await WebhookServer.StartAsync(Answer);

        await AskAsync(Replayer(), server.Url);

        var (path, body, headers) = Assert.Single(server.Seen);
        Assert.Equal(("/replay", Request.Body, "msg_1", "application/json; charset=utf-8"), (path, body, headers["webhook-id"], headers["content-type"]));
        var seconds = (long)(_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        Assert.Equal($"{seconds}", headers["webhook-timestamp"]);
        // worked out here by hand, and not by what made it
        using var hmac = new HMACSHA256(Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        var expected = Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes("msg_1." + seconds + "." + body)));
        Assert.Equal("v1," + expected, headers["webhook-signature"]);
    }

    [Fact]
    public void Signature_IsThatOfTheStandardsOwnExample() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Of("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", """{"test": 2432232314}""", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

    [Fact]
    public void PlainSecret_IsTakenAsItIs()
    {
        using var hmac = new HMACSHA256("0123456789abcdef"u8.ToArray());

        Assert.Equal("v1," + Convert.ToBase64String(hmac.ComputeHash("a.1.b"u8.ToArray())), WebhookSignature.Of("a", "1", "b", "0123456789abcdef"));
    }

    [Theory]
    [InlineData(408, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(404, false)]
    [InlineData(410, false)]
    public async Task Status_SaysWhetherToTryAgain(int status, bool isTransient)
    {
        await using var server = await WebhookServer.StartAsync("the text of the memory", status);

        var failure = await FailureOf(Replayer(), server.Url);

        Assert.Equal(($"status_{status}", isTransient), (failure.Reason, failure.IsTransient));
        Assert.DoesNotContain("the text", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("Thu, 05 Mar 2026 12:00:40 GMT", 40)]
    [InlineData("Thu, 05 Mar 2026 11:00:00 GMT", null)]
    [InlineData(null, null)]
    public async Task RetryAfter_IsPassedOn(string? header, int? seconds)
    {
        await using var server = await WebhookServer.StartAsync(context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = header;
            return Task.CompletedTask;
        });

        Assert.Equal(seconds, (await FailureOf(Replayer(), server.Url)).RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirect_IsNotFollowed(int status)
    {
        await using var inner = await WebhookServer.StartAsync(Answer);
        await using var server = await WebhookServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = inner.Url;
            return Task.CompletedTask;
        });

        var failure = await FailureOf(Replayer(), server.Url);

        Assert.Equal(("redirected", false), (failure.Reason, failure.IsTransient));
        Assert.Empty(inner.Seen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"reward":1}""")]
    [InlineData("""{"tokens":1}""")]
    [InlineData("""{"reward":1.01,"tokens":1}""")]
    [InlineData("""{"reward":-0.01,"tokens":1}""")]
    [InlineData("""{"reward":"1","tokens":1}""")]
    [InlineData("""{"reward":1e999,"tokens":1}""")]
    [InlineData("""{"reward":1,"tokens":-1}""")]
    [InlineData("""{"reward":1,"tokens":1.5}""")]
    [InlineData("""{"reward":1,"tokens":1,"latencyMs":-1}""")]
    [InlineData("""{"reward":1,"tokens":1,"latencyMs":"fast"}""")]
    [InlineData("""{"reward":1,"tokens":1,"version":7}""")]
    [InlineData("""{"reward":1,"tokens":1,"version":"a\u200bb"}""")]
    public async Task AnswerThatIsNoUse_IsRefused_AndNotAskedForAgain(string body)
    {
        await using var server = await WebhookServer.StartAsync(body);

        var failure = await FailureOf(Replayer(), server.Url);

        Assert.Equal(("answer_invalid", false), (failure.Reason, failure.IsTransient));
    }

    [Fact]
    public async Task EndlessAnswer_IsBrokenOff()
    {
        await using var server = await WebhookServer.StartAsync(async context =>
        {
            var block = new byte[8192];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
            }
        });

        Assert.Equal("answer_too_large", (await FailureOf(Replayer(), server.Url)).Reason);
    }

    [Fact]
    public async Task SilentReplayer_IsGivenUpAfterItsTime()
    {
        await using var server = await WebhookServer.StartAsync(context => new TaskCompletionSource().Task.WaitAsync(context.RequestAborted));

        var failure = FailureOf(Replayer(), server.Url);
        await _clock.TimerSet(Patience);
        _clock.Advance(Patience);

        Assert.Equal(("timed_out", true), ((await failure).Reason, (await failure).IsTransient));
    }

    [Fact]
    public async Task AnswerThatNeverEnds_IsGivenUpAfterItsTime()
    {
        await using var server = await WebhookServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync("{\"reward\":");
            await context.Response.Body.FlushAsync();
            await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        });

        var failure = FailureOf(Replayer(), server.Url);
        await _clock.TimerSet(Patience);
        _clock.Advance(Patience);

        Assert.Equal("timed_out", (await failure).Reason);
    }

    [Fact]
    public async Task NobodyThere_MayBeTriedAgain()
    {
        string url;
        await using (var server = await WebhookServer.StartAsync(Answer))
        {
            url = server.Url;
        }

        var failure = await FailureOf(Replayer(), url);

        Assert.Equal(("connect_failed", true), (failure.Reason, failure.IsTransient));
    }

    [Fact]
    public async Task CallerWhoLeaves_IsNoFailureOfTheReplayer()
    {
        using var leave = new CancellationTokenSource();
        await using var server = await WebhookServer.StartAsync(context =>
        {
            leave.Cancel();
            return new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Replayer().ReplayAsync(Request, RecordOf(server.Url), leave.Token));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("192.168.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("2002:7f00:1::")]
    [InlineData("ff02::1")]
    public async Task NameThatResolvesInside_IsRefused_WithoutAConnection(string address)
    {
        var failure = await FailureOf(Replayer(AddressRule.PublicOnly, address), "https://agents.example.org/");

        Assert.Equal(("address_refused", false), (failure.Reason, failure.IsTransient));
        Assert.DoesNotContain(address, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NameWithOneAddressInside_IsRefusedAsAWhole()
    {
        Assert.Equal("address_refused", (await FailureOf(Replayer(AddressRule.PublicOnly, "8.8.8.8", "10.0.0.1"), "https://agents.example.org/")).Reason);
        Assert.Equal("address_refused", (await FailureOf(Replayer(AddressRule.PublicOnly), "https://nowhere.example.org/")).Reason);
    }

    [Fact]
    public async Task AddressAfterTheRegistration_IsRefusedToo()
    {
        // as where the allowed networks were taken back
        await using var server = await WebhookServer.StartAsync(Answer);

        Assert.Equal("address_refused", (await FailureOf(Replayer(AddressRule.PublicOnly), server.Url)).Reason);
        Assert.Empty(server.Seen);
    }

    [Fact]
    public async Task PlainHttp_IsForAllowedNetworksAlone() =>
        Assert.Equal("address_refused", (await FailureOf(Replayer(Loopback, "8.8.8.8"), "http://agents.example.org/")).Reason);

    [Fact]
    public async Task CheckedAddress_IsTheOneThatIsCalled()
    {
        await using var server = await WebhookServer.StartAsync(Answer);
        var port = new Uri(server.Url).Port;

        await AskAsync(Replayer(Loopback, "127.0.0.1"), $"http://agents.example.org:{port}/replay");

        Assert.Equal(["agents.example.org"], _resolved);
        Assert.Equal($"agents.example.org:{port}", Assert.Single(server.Seen).Headers["host"]);
    }

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    private static ReplayerRecord RecordOf(string url) => new() { Name = "agents", Url = url, Secret = Secret, CreatedAt = default, ChangedAt = default };

    private static Task<ReplayAnswer> AskAsync(WebhookReplayer replayer, string url) => replayer.ReplayAsync(Request, RecordOf(url), default);

    private static async Task<ReplayException> FailureOf(WebhookReplayer replayer, string url)
    {
        var failure = await Assert.ThrowsAsync<ReplayException>(() => AskAsync(replayer, url));
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
        return failure;
    }
}
