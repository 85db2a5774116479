using System.Text;
using System.Text.Json;
using MemoryCluster.Controller;
using MemoryCluster.Core.Tests.Admission.Runs;

namespace MemoryCluster.Core.Tests.Controller;

public sealed class OutsideReplayTests : IAsyncLifetime
{
    private const string Agents = "agents";

    private static readonly ReplayerView Registered = new(Agents, "https://agents.example/replay", default, default);

    private ControllerHarness _harness = null!;

    public async Task InitializeAsync()
    {
        _harness = await ControllerHarness.StartAsync();
        _harness.Now = With(Registered);
    }

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    public async Task Run_IsKept_WithoutWaitingForItsReplayer()
    {
        var report = await _harness.SubmitAsync(LookUp());

        var decision = Assert.Single(report.Decisions);
        Assert.Equal((Decision.Candidate, "gate", Agents), (decision.Decision, decision.Reason, decision.Replayer));
        Assert.Empty(decision.Replays);
        Assert.Equal(report.Run.Id, Assert.Single(Next()).Run);
    }

    [Fact]
    public async Task Requests_DifferInTheMemoryAndTheIdAlone_AndTellNothingElse()
    {
        var report = await _harness.SubmitAsync(LookUp() with { Seeds = [3, 5], Evaluation = new RunEvaluation(Agents, "70 dollars") });

        var job = Assert.Single(Next());
        using var without = JsonDocument.Parse(job.Without.Body);
        using var with = JsonDocument.Parse(job.With.Body);
        var (a, b) = (Members(without), Members(with));
        Assert.Equal(a.Keys, b.Keys);
        Assert.Equal(["memory"], a.Keys.Where(name => a[name] != b[name]));
        Assert.Equal(("null", "\"70 dollars\"", "[3,5]"), (a["memory"], a["expected"], a["seeds"]));
        Assert.Contains("paid by card", b["memory"], StringComparison.Ordinal);
        Assert.DoesNotContain("paid by card", job.Without.Body, StringComparison.Ordinal);
        Assert.NotEqual(job.With.Id, job.Without.Id);
        Assert.Equal(job.With.Fingerprint, _harness.Engine.NextReplays(_harness.Now, new HashSet<Guid>(), 1)[0].With.Fingerprint);
        Assert.Equal(report.Run.Id.Value, without.RootElement.GetProperty("runId").GetString());

        static Dictionary<string, string> Members(JsonDocument document) =>
            document.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetRawText());
    }

    [Fact]
    public async Task Order_TellsNothingOfWhichIsWhich()
    {
        for (var run = 0; run < 40; run++)
        {
            await _harness.SubmitAsync(LookUp($"Order {run}", $"Order {run} was paid."));
        }

        var jobs = _harness.Engine.NextReplays(_harness.Now, new HashSet<Guid>(), 100);
        var memoryFirst = jobs.Count(job => job.InOrder[0].Memory is not null);

        Assert.Equal(40, jobs.Length);
        Assert.InRange(memoryFirst, 10, 30);
    }

    [Fact]
    public async Task RunsThatPutTheSameQuestion_AdmitTheMemory_AndThenNothingMoreIsAsked()
    {
        var first = await _harness.SubmitAsync(LookUp());
        var settled = new List<ControllerEffect>();
        for (var run = 0; run < 20; run++)
        {
            await _harness.SubmitAsync(Same());
        }

        var asked = 0;
        while (Next() is [var job, ..])
        {
            Assert.True(await NoteAsync(job, without: 0, with: 1));
            settled.AddRange(await _harness.CarryOutAsync());
            asked++;
        }

        var decision = await DecisionAsync(first);
        Assert.Equal((Decision.Admitted, "replay_helps"), (decision.Decision, decision.Reason));
        Assert.IsType<ControllerEffect.Settle>(Assert.Single(settled));
        Assert.InRange(decision.Effect.Pairs, 5, 12);
        Assert.Equal(decision.Effect.Pairs + 1, asked);
    }

    [Fact]
    public async Task MemoryThatHurts_IsWithheld_AndNothingMoreIsAsked()
    {
        var first = await _harness.SubmitAsync(LookUp());
        for (var run = 0; run < 20; run++)
        {
            await _harness.SubmitAsync(Same());
        }

        Assert.True(await NoteAsync(Next()[0], without: 0.5, with: 0.5));
        while (Next() is [var job, ..])
        {
            await NoteAsync(job, without: 1, with: 0);
            await _harness.CarryOutAsync();
        }

        var decision = await DecisionAsync(first);
        Assert.Equal((Decision.Quarantined, "replay_hurts"), (decision.Decision, decision.Reason));
        Assert.InRange(decision.Effect.Pairs, 3, 12);
    }

    [Theory]
    [InlineData(0.6, Decision.Candidate)]
    [InlineData(0.4, Decision.Quarantined)]
    public async Task OwnRun_SpeaksAgainstTheMemory_OnlyWhereARightAnswerBecameWrong(double with, Decision expected)
    {
        var first = await _harness.SubmitAsync(LookUp());

        await NoteAsync(Assert.Single(Next()), without: 1, with);

        var decision = await DecisionAsync(first);
        Assert.Equal((expected, 0), (decision.Decision, decision.Effect.Pairs));
    }

    [Fact]
    public async Task AnswerThatComesTwice_CountsOnce_AlsoAfterACrash()
    {
        var first = await _harness.SubmitAsync(LookUp());
        await _harness.SubmitAsync(Same());
        await NoteAsync(Next()[0], 0, 0);
        var job = Assert.Single(Next());

        Assert.True(await NoteAsync(job, without: 0, with: 1));
        Assert.False(await NoteAsync(job, without: 0, with: 0.5));
        await _harness.ReopenAsync();
        Assert.False(await NoteAsync(job, without: 1, with: 0));

        var pair = (await DecisionAsync(first)).Replays[1];
        Assert.Equal((0.0, 1.0), (pair.Without.Reward, pair.With.Reward));
        Assert.Equal(2, (await DecisionAsync(first)).Replays.Length);
        Assert.Empty(Next());
    }

    [Fact]
    public async Task ReplayThatACrashInterrupted_ComesUpAgain_UnderTheSameIds()
    {
        await _harness.SubmitAsync(LookUp());
        var before = Assert.Single(Next());

        await _harness.ReopenAsync();
        var after = Assert.Single(Next());

        Assert.Equal((before.Decision, before.Run, before.With.Id, before.Without.Id), (after.Decision, after.Run, after.With.Id, after.Without.Id));
        Assert.Equal((before.With.Body, before.Without.Body), (after.With.Body, after.Without.Body));
    }

    [Fact]
    public async Task FailedReplay_IsNoted_AndDecidesNothing_AndIsNotTriedAgain()
    {
        var first = await _harness.SubmitAsync(LookUp());

        Assert.True(await _harness.Engine.NoteReplayAsync(Assert.Single(Next()), new ReplayResult.Failed("timed_out", 5), default));
        await _harness.ReopenAsync();

        var decision = await DecisionAsync(first);
        Assert.Equal((Decision.Candidate, "gate"), (decision.Decision, decision.Reason));
        Assert.Equal(("timed_out", 5, first.Run.Id), (decision.Failures[0].Reason, decision.Failures[0].Attempts, decision.Failures[0].Run));
        Assert.Empty(Next());
    }

    [Fact]
    public async Task TwoVersions_MakeNoPair()
    {
        var first = await _harness.SubmitAsync(LookUp());

        await _harness.Engine.NoteReplayAsync(
            Assert.Single(Next()), new ReplayResult.Answered(new ReplayAnswer(0, 10, null, "v1"), new ReplayAnswer(1, 10, null, "v2")), default);

        var decision = await DecisionAsync(first);
        Assert.Empty(decision.Replays);
        Assert.Equal("version_changed", decision.Failures[0].Reason);
    }

    [Fact]
    public async Task ForgottenRun_IsReplayedNoMore_AndWhatIsOnItsWayComesTooLate()
    {
        var first = await _harness.SubmitAsync(LookUp());
        var other = await _harness.SubmitAsync(Same());
        await NoteAsync(Next()[0], 0, 0);
        var job = Assert.Single(Next());
        Assert.Equal(other.Run.Id, job.Run);

        await _harness.Engine.ForgetAsync(new ForgetCommand { Run = other.Run.Id }, ControllerHarness.Everything, default);

        Assert.False(await _harness.Engine.IsWantedAsync(job, _harness.Now, default));
        Assert.False(await NoteAsync(job, 0, 1));
        Assert.Empty(Next());
        Assert.Single((await DecisionAsync(first)).Replays);
    }

    [Fact]
    public async Task DeletedMemory_IsReplayedNoMore_AndWhatIsOnItsWayComesTooLate()
    {
        var first = await _harness.SubmitAsync(LookUp());
        var job = Assert.Single(Next());

        await _harness.Engine.EraseSourcesAsync([first.Decisions[0].Memory!.Value], default);

        Assert.False(await _harness.Engine.IsWantedAsync(job, _harness.Now, default));
        Assert.False(await NoteAsync(job, 0, 1));
        Assert.Empty(Next());
    }

    [Fact]
    public async Task RunOfAnotherUser_NeverShowsItsReplayerTheMemory_EvenIfTheJobWasMadeBefore()
    {
        var (eve, bob) = (new UserId("eve"), new UserId("bob"));
        _harness.Now = With(Registered) with { Callable = Edges(eve, bob) };
        await _harness.SubmitAsync(LookUp() with { User = eve });
        await NoteAsync(Assert.Single(Next()), 0, 0);
        await _harness.SubmitAsync(Same() with { User = bob });
        var job = Assert.Single(Next());
        Assert.True(await _harness.Engine.IsWantedAsync(job, _harness.Now, default));

        _harness.Now = With(Registered) with { Callable = Edges(eve) };

        Assert.False(await _harness.Engine.IsWantedAsync(job, _harness.Now, default));
        Assert.Empty(Next());

        static ImmutableDictionary<UserId, ImmutableHashSet<AgentId>> Edges(params UserId[] users) =>
            users.ToImmutableDictionary(user => user, _ => ImmutableHashSet.Create(Runs.Scout));
    }

    [Fact]
    public async Task ReplayerThatIsGone_IsToldNothing_AndGoesOnWhenItIsBack()
    {
        await _harness.SubmitAsync(LookUp());
        var job = Assert.Single(Next());

        _harness.Now = With();
        Assert.False(await _harness.Engine.IsWantedAsync(job, _harness.Now, default));
        Assert.Empty(Next());

        _harness.Now = With(Registered);
        Assert.Equal(job.With.Id, Assert.Single(Next()).With.Id);
    }

    [Fact]
    public async Task RunOfAnotherReplayer_IsNoEvidence()
    {
        _harness.Now = With(Registered, Registered with { Name = "others" });
        await _harness.SubmitAsync(LookUp());
        await NoteAsync(Assert.Single(Next()), 0, 0);

        await _harness.SubmitAsync(Same() with { Evaluation = new RunEvaluation("others", null) });
        await _harness.SubmitAsync(Same() with { Evaluation = null });

        Assert.Empty(Next());
    }

    [Fact]
    public async Task ModelIsAsked_OnlyWhereTheRightAnswerIsKnown()
    {
        var chat = new RunEvaluation(ReplayerNames.Chat, null);
        await _harness.SubmitAsync(LookUp() with { Evaluation = chat, Outcome = new RunOutcome { Reward = 0, Correct = false, Answer = "no idea" } });
        Assert.Empty(Next());

        var known = await _harness.SubmitAsync(Same() with { Evaluation = chat with { Expected = "70 dollars" } });
        var job = Assert.Single(Next());

        Assert.Equal((known.Run.Id, "70 dollars"), (job.Run, job.With.Expected));
    }

    [Fact]
    public async Task UnknownReplayer_IsRefused_AndTheRunNotKept()
    {
        var refused = await Assert.ThrowsAsync<MemoryClusterException>(
            () => _harness.AcceptAsync(LookUp() with { Evaluation = new RunEvaluation("nobody", null) }));

        Assert.Equal((MemoryFault.BadRequest, "replayer_unknown", "evaluation.replayer"), (refused.Fault, refused.Code, refused.Field));
        Assert.Equal(0, _harness.Engine.View.Runs);
    }

    [Fact]
    public async Task DaysBudget_CountsReplaysAndFailures_AndThoseUnderWay()
    {
        await _harness.Engine.SetPolicyAsync(_harness.Engine.Policy with { ReplaysPerDay = 3 }, default);
        for (var run = 0; run < 4; run++)
        {
            await _harness.SubmitAsync(LookUp($"Order {run}", $"Order {run} was paid."));
        }

        var first = Next(10);
        Assert.Equal(3, first.Length);
        await NoteAsync(first[0], 0, 0);
        await _harness.Engine.NoteReplayAsync(first[1], new ReplayResult.Failed("timed_out", 1), default);
        Assert.Empty(_harness.Engine.NextReplays(_harness.Now, new HashSet<Guid> { first[2].Decision }, 10));
        await _harness.ReopenAsync();
        Assert.Single(Next(10));

        _harness.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, Next(10).Length);
    }

    [Fact]
    public async Task DecisionStoredBeforeReplaysCouldFail_IsReadAndWrittenAgain()
    {
        await _harness.SubmitAsync(LookUp());
        var stored = _harness.Log.SelectMany(mutation => mutation.Writes)
            .Select(write => StoredControllerRecord.Decode(write.Payload)).Last(record => record.Candidate is not null);
        var old = Encoding.UTF8.GetString(StoredControllerRecord.Encode(stored)).Replace(",\"failures\":[]", "", StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\"failures\":", old, StringComparison.OrdinalIgnoreCase);

        var read = StoredControllerRecord.Decode(Encoding.UTF8.GetBytes(old));

        Assert.Equal(StoredControllerRecord.Encode(stored), StoredControllerRecord.Encode(read));
    }

    [Fact]
    public async Task OneReplayOfADecisionAtATime_AndNoMoreThanMayBeMadeAtOnce()
    {
        for (var run = 0; run < 4; run++)
        {
            await _harness.SubmitAsync(LookUp($"Order {run}", $"Order {run} was paid."));
        }

        var first = Next(2);
        var busy = first.Select(job => job.Decision).ToHashSet();

        Assert.Equal(2, first.Length);
        Assert.Equal(2, busy.Count);
        Assert.Empty(_harness.Engine.NextReplays(_harness.Now, busy, 2));
        Assert.Single(_harness.Engine.NextReplays(_harness.Now, busy, 3));
    }

    [Fact]
    public async Task Certificate_IsWorkedOutAgainBitForBit()
    {
        var first = await _harness.SubmitAsync(LookUp());
        await _harness.SubmitAsync(Same());
        while (Next() is [var job, ..])
        {
            await NoteAsync(job, 0.1, 0.7, latency: 12.5);
        }

        await _harness.ReopenAsync();
        var check = (await _harness.Engine.CertifyAsync(first.Decisions[0].Memory!.Value, default))!;

        Assert.Equal((true, 0, 2), (check.Holds, check.Replayed, check.Evaluated));
        var pair = check.Decision.Replays[1];
        Assert.Equal((Agents, "v1", 12.5), (pair.Trace!.Replayer, pair.Trace.Version, pair.With.LatencyMs));
        Assert.NotEqual(pair.Trace.RequestWith, pair.Trace.RequestWithout);
    }

    [Fact]
    public async Task Log_GivesTheSameDecisionsAgain_WithReplaysFromOutsideInIt()
    {
        for (var run = 0; run < 4; run++)
        {
            await _harness.SubmitAsync(LookUp());
            await _harness.SubmitAsync(LookUp() with { Evaluation = null });
            foreach (var job in Next())
            {
                await NoteAsync(job, 0, 1);
            }
        }

        var check = new DecisionCheck(ControllerHarness.Options, _harness.Clock);

        Assert.Empty(_harness.Log.SelectMany(mutation => check.Take(mutation, _harness.Now)));
        Assert.Equal(8, check.Runs);
    }

    [Fact]
    public async Task Rerun_Compares_WithinItsTolerance()
    {
        var first = await _harness.SubmitAsync(LookUp());
        await _harness.SubmitAsync(Same());
        while (Next() is [var job, ..])
        {
            await NoteAsync(job, 0.1, 0.7);
        }

        var recorded = (await _harness.Engine.RecordedReplaysAsync(first.Decisions[0].Memory!.Value, _harness.Now, default))!;
        var same = recorded.Compare([Answered(0.1, 0.7), Answered(0.14, 0.66)]);
        var other = recorded.Compare([Answered(0.1, 0.7), Answered(0.1, 0.6)]);
        var missing = recorded.Compare([Answered(0.1, 0.7), new ReplayResult.Failed("timed_out", 1)]);

        Assert.Equal((true, true, false, false), (same.Holds, other.VerdictAgrees, other.Holds, missing.Holds));
        Assert.Equal(2, same.Recorded);
        Assert.Equal("timed_out", missing.Replays[1].Failure);
        Assert.Null(await _harness.Engine.RecordedReplaysAsync(new MemoryId(Guid.Empty), _harness.Now, default));
    }

    private ImmutableArray<ReplayJob> Next(int max = 4) => _harness.Engine.NextReplays(_harness.Now, new HashSet<Guid>(), max);

    private Task<bool> NoteAsync(ReplayJob job, double without, double with, double? latency = null) =>
        _harness.Engine.NoteReplayAsync(job, Answered(without, with, latency), default);

    private static ReplayResult.Answered Answered(double without, double with, double? latency = null) =>
        new(new ReplayAnswer(without, 10, latency, "v1"), new ReplayAnswer(with, 10, latency, "v1"));

    private async Task<CandidateDecision> DecisionAsync(RunReport report) => (await _harness.GetAsync(report.Run.Id)).Decisions[0];

    private static DirectorySnapshot With(params ReplayerView[] replayers) => new()
    {
        Version = 1, Replayers = replayers.ToImmutableDictionary(view => view.Name),
    };

    private static RunDraft LookUp(string order = "Order 71", string found = "Order 71 was paid by card.") =>
        Runs.Of($"Refund {order}", 1, Runs.Step("Look it up", found, "get_order", order)) with { Evaluation = new RunEvaluation(Agents, null) };

    // Asks what the first asked and teaches nothing of its own.
    private static RunDraft Same()
    {
        var run = LookUp();
        return run with { Steps = [run.Steps[0] with { Admit = StepAdmission.Never }] };
    }
}
