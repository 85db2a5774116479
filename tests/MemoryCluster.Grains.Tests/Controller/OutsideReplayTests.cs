using MemoryCluster.Grains.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryCluster.Grains.Tests.Controller;

public sealed class OutsideReplayTests : IAsyncLifetime
{
    private const string Agents = "agents";
    private const string Secret = "0123456789abcdef";

    private static readonly AgentId Scout = new("scout");

    private readonly ScriptedReplayer _replayer = new();
    private TestCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await TestCluster.StartAsync(services =>
        {
            services.AddSingleton(new ReplayerSet(_replayer, null));
            services.Configure<ReplayOptions>(options => (options.AttemptsMax, options.RetryDelay) = (3, TimeSpan.FromMilliseconds(1)));
            services.Configure<UpkeepOptions>(options => options.Period = TimeSpan.FromSeconds(1));
        });
        await _cluster.Directory.PutReplayerAsync(Agents, "https://agents.example.org/", Secret, default);
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Replayer_IsKept_WithItsSecret_AndTheSnapshotWithoutIt()
    {
        var snapshot = await _cluster.Directory.GetSnapshotAsync(default);
        var record = await _cluster.Directory.FindReplayerAsync(Agents, default);

        Assert.Equal("https://agents.example.org/", snapshot.Replayers[Agents].Url);
        Assert.Equal(Secret, record?.Secret);
        Assert.DoesNotContain(Secret, record!.ToString(), StringComparison.Ordinal);
        Assert.True(await _cluster.Directory.DeleteReplayerAsync(Agents, default));
        Assert.Null(await _cluster.Directory.FindReplayerAsync(Agents, default));
    }

    [Fact]
    public async Task SubmittedRun_WaitsForNoReplayer_AndIsReplayedAfterwards()
    {
        var answer = new TaskCompletionSource();
        _replayer.Answer = async request =>
        {
            await answer.Task;
            return ScriptedReplayer.Helped(request);
        };

        var taught = await TaughtAsync("waiting");
        Assert.All(taught.Decisions, decision => Assert.Empty(decision.Replays));
        answer.SetResult();

        var pair = (await UntilAsync(taught, decision => !decision.Replays.IsEmpty)).Replays[0];
        Assert.Equal((true, 0.0, 1.0, Agents), (pair.IsOwn, pair.Without.Reward, pair.With.Reward, pair.Trace!.Replayer));
    }

    [Fact]
    public async Task TransientFailure_IsTriedAgain_UnderTheSameId()
    {
        var failures = 0;
        _replayer.Answer = request => Interlocked.Increment(ref failures) <= 2
            ? throw new ReplayException("status_503", "busy", isTransient: true)
            : Task.FromResult(ScriptedReplayer.Helped(request));

        var decision = await UntilAsync(await TaughtAsync("busy"), decision => !decision.Replays.IsEmpty);

        Assert.True(decision.Failures.IsEmpty);
        Assert.Equal(3, _replayer.Asked.GroupBy(asked => asked.Request.Id).First().Count());
    }

    [Fact]
    public async Task ReplayerThatStaysDown_IsGivenUp_AndTheReasonKept()
    {
        _replayer.Answer = _ => throw new ReplayException("connect_failed", "nobody there", isTransient: true, TimeSpan.FromMilliseconds(1));

        var decision = await UntilAsync(await TaughtAsync("down"), decision => !decision.Failures.IsEmpty);

        Assert.Equal(("connect_failed", 3), (decision.Failures[0].Reason, decision.Failures[0].Attempts));
        Assert.Empty(decision.Replays);
    }

    [Fact]
    public async Task MemoryDeletedBetweenTheTwoRequests_IsNotSent()
    {
        var (asked, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _replayer.Answer = async request =>
        {
            asked.TrySetResult();
            await goOn.Task;
            return ScriptedReplayer.Helped(request);
        };
        var taught = await TaughtAsync("deleted");
        await asked.Task;

        await _cluster.Memories.DeleteAsync(new DeleteCommand(taught.Decisions[0].Memory!.Value, false, null), Operator, default);
        goOn.SetResult();
        _replayer.Answer = request => Task.FromResult(ScriptedReplayer.Helped(request));
        // whatever the controller still had to do is done before this other run is replayed
        await UntilAsync(await TaughtAsync("deleted", "Plant 9 burns gas."), decision => !decision.Replays.IsEmpty);

        Assert.Single(_replayer.Asked, each => each.Request.Body.Contains(taught.Run.Id.Value, StringComparison.Ordinal));
        Assert.Empty((await _cluster.ControllerOf(new TeamId("deleted")).GetRunAsync(taught.Run.Id, Operator, default))!.Decisions[0].Replays);
    }

    [Fact]
    public async Task Rerun_AsksOnceMore_AndCompares()
    {
        var taught = await TaughtAsync("rerun");
        var decision = await UntilAsync(taught, decision => !decision.Replays.IsEmpty);

        var same = await _cluster.ControllerOf(new TeamId("rerun")).RerunAsync(decision.Memory!.Value, default);
        _replayer.Answer = _ => throw new ReplayException("timed_out", "late", isTransient: true);
        var failed = await _cluster.ControllerOf(new TeamId("rerun")).RerunAsync(decision.Memory!.Value, default);

        Assert.Equal((true, 1, true), (same!.Holds, same.Recorded, same.VerdictAgrees));
        Assert.Equal((false, "timed_out"), (failed!.Holds, failed.Replays[0].Failure));
        Assert.Null(await _cluster.ControllerOf(new TeamId("rerun")).RerunAsync(new MemoryId(Guid.Empty), default));
    }

    private static Caller Operator => new() { Tenant = TestCluster.Tenant, Key = default };

    private async Task<CandidateDecision> UntilAsync(RunReport report, Func<CandidateDecision, bool> isSo)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var now = await _cluster.ControllerOf(report.Run.Team).GetRunAsync(report.Run.Id, Operator, default);
            if (now?.Decisions.FirstOrDefault(isSo) is { } found)
            {
                return found;
            }

            late.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    // The gate may drop a step, by chance too: the first that is kept will do.
    private async Task<RunReport> TaughtAsync(string team, string found = "The reactor of plant 12 is cooled with molten salt.")
    {
        await _cluster.PutTeamAsync(new TeamId(team), Scout);
        var agent = _cluster.Grains.GetGrain<IAgentGrain>(GrainKey.Of(TestCluster.Tenant, new TeamId(team), Scout));
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var report = await agent.SubmitRunAsync(Draft(found, attempt), null, default);
            if (report.Decisions.Any(decision => decision.Memory is not null && decision.Decision != Decision.Merged))
            {
                return report;
            }
        }

        throw new InvalidOperationException("Twenty runs were submitted and nothing of them was kept.");
    }

    private static RunDraft Draft(string found, int attempt) => new()
    {
        Agent = Scout, Task = $"Which coolant has it, {attempt}?", Input = "", Outcome = new RunOutcome { Reward = 1, Correct = true }, WrittenBy = default,
        Steps = [new RunStep { Agent = Scout, Summary = "Look it up", Tool = "search", Input = $"plant {attempt}", Output = found }],
        Evaluation = new RunEvaluation(Agents, null),
    };
}
