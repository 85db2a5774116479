using MemoryCluster.Contract;
using static MemoryCluster.Client.Tests.FakeServer;

namespace MemoryCluster.Client.Tests;

public sealed class MemoryClusterClientFaultTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly JumpingClock _clock = new(Timeout);

    [Fact]
    public async Task Refusal_IsOneExceptionWithCodeFieldAndAdvice()
    {
        await using var server = await StartAsync(Problem(400, "text_too_long", "text"));
        using var client = Client(server);

        var fault = await Assert.ThrowsAsync<MemoryClusterException>(() => client.Agent("t", "a").RememberAsync("x"));

        Assert.Equal((MemoryFault.BadRequest, "text_too_long", "text"), (fault.Fault, fault.Code, fault.Field));
        Assert.Equal("POST /api/v1/memories: Do it otherwise.", fault.Message);
        Assert.Single(server.Seen);
    }

    [Theory]
    [InlineData(404, "not_found", MemoryFault.NotFound)]
    [InlineData(403, "principal_mismatch", MemoryFault.Forbidden)]
    [InlineData(412, "stale_version", MemoryFault.StaleVersion)]
    [InlineData(428, "version_required", MemoryFault.VersionRequired)]
    [InlineData(422, "idempotency_mismatch", MemoryFault.IdempotencyMismatch)]
    [InlineData(409, "something_newer", MemoryFault.Conflict)]
    [InlineData(418, "something_newer", MemoryFault.BadRequest)]
    [InlineData(500, "store_corrupt", MemoryFault.StoreCorrupt)]
    public async Task Code_NamesTheFaultAndTheStatusWhereItIsUnknown(int status, string code, MemoryFault fault)
    {
        await using var server = await StartAsync(Problem(status, code));
        using var client = Client(server);

        var thrown = await Assert.ThrowsAsync<MemoryClusterException>(() => client.GetTeamAsync("t"));

        Assert.Equal((fault, code), (thrown.Fault, thrown.Code));
    }

    [Theory]
    [InlineData(401, MemoryFault.Unauthenticated)]
    [InlineData(500, MemoryFault.Unspecified)]
    public async Task AnswerOfAProxy_IsNamedByItsStatus(int status, MemoryFault fault)
    {
        await using var server = await StartAsync(Json("<html>no</html>", status));
        using var client = Client(server);

        var thrown = await Assert.ThrowsAsync<MemoryClusterException>(() => client.GetTeamAsync("t"));

        Assert.Equal(fault, thrown.Fault);
        Assert.Contains($"status {status}", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SuccessThatIsNotTheContracts_IsAFault()
    {
        await using var server = await StartAsync(Json("null"), Json("<html>"));
        using var client = Client(server);

        await Assert.ThrowsAsync<MemoryClusterException>(() => client.GetTeamAsync("t"));
        await Assert.ThrowsAsync<MemoryClusterException>(() => client.GetTeamAsync("t"));
    }

    [Fact]
    public async Task TransientFault_IsTriedAgainWithTheSameKeyAndBody()
    {
        await using var server = await StartAsync(
            Problem(503, "overloaded"), Break(), Problem(409, "idempotency_in_flight"), Json(Answers.Remembered));
        using var client = Client(server);

        var answer = await client.Agent("t", "a").RememberAsync("x");

        Assert.Equal("m1", answer.Id);
        Assert.Equal(4, server.Seen.Count);
        Assert.Single(server.Seen.Distinct());
    }

    [Fact]
    public async Task Pauses_GrowWithJitterUpToTheirLimit()
    {
        var refusals = Enumerable.Repeat(Problem(503, "overloaded"), 12).ToArray();
        await using var server = await StartAsync(refusals);
        using var client = Client(server, options => options with { RetriesMax = 11 });

        await Assert.ThrowsAsync<MemoryClusterException>(() => client.GetTeamAsync("t"));

        Assert.Equal(12, server.Seen.Count);
        Assert.Equal(11, _clock.Pauses.Distinct().Count());
        for (var i = 0; i < 11; i++)
            Assert.InRange(_clock.Pauses[i], TimeSpan.Zero, TimeSpan.FromMilliseconds(Math.Min(100 << i, 5_000)));
    }

    [Fact]
    public async Task RetryAfter_IsKeptUpToTheLongestPause()
    {
        await using var server = await StartAsync(
            Problem(429, "quota_exceeded", retryAfterSeconds: 2), Problem(429, "quota_exceeded", retryAfterSeconds: 60), Json(Answers.Team));
        using var client = Client(server);

        await client.GetTeamAsync("t");

        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)], _clock.Pauses);
    }

    [Fact]
    public async Task UnknownOutcome_WithoutAKey_GoesToTheCaller()
    {
        await using var server = await StartAsync(Break(), Break(), Break(), Problem(504, "deadline_exceeded"), Problem(503, "outcome_unknown"));
        using var client = Client(server, options => options with { MakeIdempotencyKeys = false });
        Func<Task>[] calls =
        [
            () => client.Agent("t", "a").RememberAsync("x"),
            () => client.DeleteMemoryAsync("m"),
            () => client.PatchMemoryAsync("m", 1, new PatchMemoryRequest { Text = "y" }),
            () => client.CreateKeyAsync(new CreateKeyRequest { Name = "n", Scopes = [KeyScopes.Read] }),
            () => client.ForgetAsync(new ForgetRequest { Team = "t" }),
        ];

        foreach (var call in calls)
            Assert.True((await Assert.ThrowsAsync<MemoryClusterException>(call)).Fault is MemoryFault.OutcomeUnknown or MemoryFault.DeadlineExceeded);

        Assert.Equal(calls.Length, server.Seen.Count);
        Assert.All(server.Seen, request => Assert.Null(request.IdempotencyKey));
    }

    [Fact]
    public async Task RefusalBeforeAnyWork_IsTriedAgainEvenWithoutAKey()
    {
        await using var server = await StartAsync(Problem(503, "overloaded"), Json(Answers.Deleted));
        using var client = Client(server, options => options with { MakeIdempotencyKeys = false });

        Assert.Equal(["m1"], (await client.DeleteMemoryAsync("m1")).Deleted);
    }

    [Fact]
    public async Task NoServer_SaysThatNothingWasDone()
    {
        var server = await StartAsync();
        using var client = Client(server, options => options with { RetriesMax = 1 });
        await server.DisposeAsync();

        var fault = await Assert.ThrowsAsync<MemoryClusterException>(() => client.DeleteMemoryAsync("m1"));

        Assert.Equal("unreachable", fault.Code);
        Assert.Single(_clock.Pauses);
        Assert.False(await client.IsReadyAsync());
    }

    [Fact]
    public async Task SilentServer_TimesOut()
    {
        await using var server = await StartAsync(Silence());
        using var client = new MemoryClusterClient(
            server.Url, "k", new MemoryClusterClientOptions { Clock = new JumpingClock(Timeout, timeoutRings: true), RetriesMax = 0 });

        var fault = await Assert.ThrowsAsync<MemoryClusterException>(() => client.GetTeamAsync("t"));

        Assert.Equal(MemoryFault.DeadlineExceeded, fault.Fault);
        Assert.False(await client.IsReadyAsync());
    }

    [Fact]
    public async Task CallersCancellation_IsNotAFault()
    {
        using var cancelled = new CancellationTokenSource();
        await using var server = await StartAsync(async context =>
        {
            await cancelled.CancelAsync();
            await Silence()(context);
        });
        using var client = Client(server);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetTeamAsync("t", cancelled.Token));
    }

    [Fact]
    public async Task SeededClients_MakeTheSameKeys()
    {
        await using var server = await StartAsync(Json(Answers.Remembered), Json(Answers.Remembered));
        using var first = Client(server);
        using var second = Client(server);

        await first.Agent("t", "a").RememberAsync("x");
        await second.Agent("t", "a").RememberAsync("x");

        Assert.Equal(server.Seen[0].IdempotencyKey, server.Seen[1].IdempotencyKey);
    }

    private MemoryClusterClient Client(FakeServer server, Func<MemoryClusterClientOptions, MemoryClusterClientOptions>? change = null)
    {
        var options = new MemoryClusterClientOptions { AttemptTimeout = Timeout, Clock = _clock, Random = new Random(11) };
        return new MemoryClusterClient(server.Url, "k", change is null ? options : change(options));
    }
}
