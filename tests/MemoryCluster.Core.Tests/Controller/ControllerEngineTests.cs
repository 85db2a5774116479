using System.Globalization;
using MemoryCluster.Controller;
using MemoryCluster.Core.Tests.Admission.Runs;

namespace MemoryCluster.Core.Tests.Controller;

public sealed class ControllerEngineTests : IAsyncLifetime
{
    private const string Refund = "Refund order 71";

    private ControllerHarness _harness = null!;

    public async Task InitializeAsync() => _harness = await ControllerHarness.StartAsync();

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    public async Task Run_IsKept_WithWhatWasDecidedOfIt()
    {
        var report = await _harness.SubmitAsync(LookUp("paid by card"));

        var decision = Assert.Single(report.Decisions);
        Assert.Equal((0, Decision.Candidate, "gate"), (decision.Step, decision.Decision, decision.Reason));
        Assert.NotNull(decision.Memory);
        Assert.Equal(1, decision.Features.Single(feature => feature.Name == "bias").Value);
        Assert.Equal((0.5, 1.0), (decision.Probability, decision.Propensity));
        // its own run is replayed too, and counts for nothing
        Assert.True(Assert.Single(decision.Replays).IsOwn);
        Assert.Equal(EffectEstimate.Unknown, decision.Effect);
        Assert.Empty(_harness.Engine.PendingEffects(10));
    }

    [Fact]
    public async Task RunsThatPutTheSameQuestion_AdmitTheAnswer_AtTheLowerBound()
    {
        var first = await _harness.SubmitAsync(LookUp("paid by card"));
        var settled = new List<ControllerEffect>();
        for (var run = 0; run < 20 && settled.Count == 0; run++)
        {
            await _harness.AcceptAsync(LookUp("paid by card"));
            settled.AddRange((await _harness.CarryOutAsync()).Where(effect => effect is ControllerEffect.Settle));
        }

        var decision = (await _harness.GetAsync(first.Run.Id)).Decisions[0];
        var settle = Assert.IsType<ControllerEffect.Settle>(settled[0]);
        Assert.Equal((Decision.Admitted, "replay_helps"), (decision.Decision, decision.Reason));
        Assert.Equal((decision.Memory, Decision.Admitted), (settle.Memory, settle.Grant.Decision));
        Assert.InRange(decision.Effect.Lower, 0.02, decision.Effect.Mean);
        Assert.InRange(settle.Grant.Weight, 1.02, 2);
    }

    [Fact]
    public async Task RunsThatFoundOtherwise_WithholdTheAnswer()
    {
        var first = await _harness.SubmitAsync(LookUp("paid by card"));
        for (var run = 0; run < 10; run++)
        {
            await _harness.SubmitAsync(LookUp(string.Create(CultureInfo.InvariantCulture, $"cancelled by clerk {run} long ago")));
        }

        var decision = (await _harness.GetAsync(first.Run.Id)).Decisions[0];
        Assert.Equal((Decision.Quarantined, "replay_hurts"), (decision.Decision, decision.Reason));
        Assert.True(decision.Effect.Upper < 0);
    }

    [Fact]
    public async Task WhatTheGateAdmitted_IsACandidateAgain_WhileReplaysSpeakAgainstIt()
    {
        await using var harness = await ControllerHarness.StartAsync(ControllerHarness.Undecided with { AdmitProbability = 0.1 });
        var first = await harness.SubmitAsync(LookUp("paid by card"));
        await harness.SubmitAsync(LookUp("cancelled by a clerk long ago"));
        var doubted = (await harness.GetAsync(first.Run.Id)).Decisions[0];
        for (var run = 0; run < 3; run++)
        {
            await harness.SubmitAsync(LookUp("paid by card"));
        }

        var borneOut = (await harness.GetAsync(first.Run.Id)).Decisions[0];
        Assert.Equal(Decision.Admitted, first.Decisions[0].Decision);
        Assert.Equal((Decision.Candidate, "replay_doubts"), (doubted.Decision, doubted.Reason));
        Assert.Equal((Decision.Admitted, "gate"), (borneOut.Decision, borneOut.Reason));
    }

    [Fact]
    public async Task LessonOfACall_IsNotPutToCallsWithOtherNumbers()
    {
        RunDraft Booking(int order, int right) => Runs.Of(
            $"Book order {order}", 1, Runs.Step("Pay the order", "Error: payment does not add up", "pay", $"order {order} with {right - 5} dollars"),
            Runs.Step("Pay the order", $"Order {order} is paid in full.", "pay", $"order {order} with {right} dollars"));
        var lesson = (await _harness.SubmitAsync(Booking(7, 305))).Decisions.Single(decision => decision.Kind == MemoryKind.Lesson);

        Assert.Empty(lesson.Replays);
        Assert.Equal(Decision.Candidate, lesson.Decision);
    }

    [Fact]
    public async Task WhatContradictsItsOwnRun_IsRejected()
    {
        var run = Runs.Of("How many seats has the hall of Quito?", 1, Runs.Step("Count the seats of the hall of Quito", "The hall of Quito has 500 seats."))
            with
        { Evaluation = new RunEvaluation("evidence", "The hall of Quito has 400 seats.") };

        var decision = Assert.Single((await _harness.SubmitAsync(run)).Decisions);

        Assert.Equal((Decision.Rejected, "replay_hurts"), (decision.Decision, decision.Reason));
        Assert.Null(decision.Memory);
        Assert.True(decision.Replays[0].Misled);
    }

    [Fact]
    public async Task LongAnswer_OfWhichAPartIsRemembered_DoesNotContradictItself()
    {
        var flights = string.Join(", ", Enumerable.Range(100, 400).Select(number => $$"""{"flight_number": "HAT{{number}}", "price": {{number}} }"""));

        var decision = Assert.Single((await _harness.SubmitAsync(Runs.Of("Book a flight", 1, Runs.Step("Search", flights, "search", "to Rome")))).Decisions);

        Assert.Equal((Decision.Candidate, false), (decision.Decision, Assert.Single(decision.Replays).Misled));
    }

    [Theory]
    [InlineData("""{"flight_number": "HAT111", "seats": 4}""")]
    [InlineData("""{"flight_number": "HAT110", "seats": 5}""")]
    public async Task OneValueOfARecordAltered_LeadsTheOthersAstray(string altered)
    {
        await _harness.SubmitAsync(Search("""{"flight_number": "HAT110", "seats": 4}"""));

        var decision = Assert.Single((await _harness.SubmitAsync(Search(altered))).Decisions);

        Assert.True(decision.Replays.Single(pair => !pair.IsOwn).Misled);

        static RunDraft Search(string output) => Runs.Of("Book a flight", 1, Runs.Step("Search", output, "search", """{"flight_number": "HAT110"}"""));
    }

    [Fact]
    public async Task Decisions_SurviveACrash_AndWhatNoShardConfirmedIsToldAgain_UnderTheSameName()
    {
        var id = await _harness.AcceptAsync(LookUp("paid by card"));
        var told = Assert.Single(_harness.Engine.PendingEffects(10));

        await _harness.ReopenAsync();
        var again = Assert.Single(_harness.Engine.PendingEffects(10));
        await _harness.CarryOutAsync();
        var before = await _harness.GetAsync(id);
        await _harness.ReopenAsync();
        var after = await _harness.GetAsync(id);

        Assert.Equal(told.Operation, again.Operation);
        Assert.Empty(_harness.Engine.PendingEffects(10));
        Assert.Equal(before.Run.OutputHash, after.Run.OutputHash);
        Assert.Equal(before.Decisions.Select(Told), after.Decisions.Select(Told));
    }

    [Fact]
    public async Task IdempotencyKey_GivesTheSameRun()
    {
        var operation = new OperationId(new Guid(1, 2, 3, new byte[8]), new Guid(4, 5, 6, new byte[8]));

        var first = await _harness.AcceptAsync(LookUp("paid by card"), operation);
        await _harness.ReopenAsync();
        var second = await _harness.AcceptAsync(LookUp("paid by card"), operation);

        Assert.Equal(first, second);
        Assert.Equal(1, _harness.Engine.View.Runs);
    }

    [Fact]
    public async Task Forget_ErasesRunsAndDecisions_AndNothingReturns()
    {
        var kept = await _harness.SubmitAsync(LookUp("paid by card"));
        var gone = await _harness.AcceptAsync(LookUp("paid by cheque") with { Task = "Refund order 72", Steps = [Runs.Step("Ask", "Nobody knows it.")] });

        Assert.Equal(1, await _harness.Engine.ForgetAsync(new ForgetCommand { Run = gone }, ControllerHarness.Everything, default));
        await _harness.ReopenAsync();

        Assert.Null(await _harness.Engine.GetRunAsync(gone, ControllerHarness.Everything, default));
        Assert.Empty(_harness.Engine.PendingEffects(10));
        Assert.Equal(kept.Decisions.Select(Told), (await _harness.GetAsync(kept.Run.Id)).Decisions.Select(Told));
        Assert.Equal(1, _harness.Engine.View.Runs);
    }

    [Fact]
    public async Task DeletedMemory_LeavesNoTextInItsRun()
    {
        var report = await _harness.SubmitAsync(LookUp("paid by card"));

        await _harness.Engine.EraseSourcesAsync([report.Decisions[0].Memory!.Value], default);
        await _harness.ReopenAsync();

        var step = (await _harness.GetAsync(report.Run.Id)).Run.Run.Steps[0];
        Assert.Equal((true, "", ""), (step.Erased, step.Summary, step.Output));
        Assert.Null(step.Input);
        // and it is tested no more
        await _harness.SubmitAsync(LookUp("paid by card"));
        Assert.Single((await _harness.GetAsync(report.Run.Id)).Decisions[0].Replays);
    }

    [Fact]
    public async Task Certificate_HoldsWhenRunAgain()
    {
        var report = await _harness.SubmitAsync(LookUp("paid by card"));
        await _harness.SubmitAsync(LookUp("paid by card"));
        await _harness.ReopenAsync();

        var check = await _harness.Engine.CertifyAsync(report.Decisions[0].Memory!.Value, default);

        Assert.Equal((true, 2, 2), (check!.Holds, check.Replayed, check.Decision.Replays.Length));
        Assert.Null(await _harness.Engine.CertifyAsync(new MemoryId(Guid.Empty), default));
    }

    [Fact]
    public async Task MemoryOfOneUser_IsNotReplayedOnTheRunOfAnother()
    {
        var eves = await _harness.SubmitAsync(LookUp("paid by card") with { User = new UserId("eve") });
        await _harness.SubmitAsync(LookUp("paid by card") with { User = new UserId("bob") });

        Assert.All((await _harness.GetAsync(eves.Run.Id)).Decisions[0].Replays, pair => Assert.True(pair.IsOwn));
    }

    [Fact]
    public async Task Replays_EndWithTheDaysBudget_AndGoOnTheNextDay()
    {
        await _harness.Engine.SetPolicyAsync(_harness.Engine.Policy with { ReplaysPerDay = 1 }, default);
        var first = await _harness.SubmitAsync(LookUp("paid by card"));
        var second = await _harness.SubmitAsync(LookUp("paid by card"));
        await _harness.ReopenAsync();
        var third = await _harness.SubmitAsync(LookUp("paid by card"));
        _harness.Clock.Advance(TimeSpan.FromDays(1));
        var fourth = await _harness.SubmitAsync(LookUp("paid by card"));

        Assert.Equal([1, 0, 0, 1], new[] { first, second, third, fourth }.Select(report => report.Decisions[0].Replays.Length));
    }

    [Fact]
    public async Task OldestRun_GoesWhenThereAreTooMany()
    {
        await _harness.Engine.SetPolicyAsync(_harness.Engine.Policy with { RunsMax = 2 }, default);
        var first = await _harness.SubmitAsync(LookUp("paid by card"));
        await _harness.SubmitAsync(LookUp("paid by card"));
        var third = await _harness.SubmitAsync(LookUp("paid by card"));
        await _harness.ReopenAsync();

        Assert.Null(await _harness.Engine.GetRunAsync(first.Run.Id, ControllerHarness.Everything, default));
        Assert.NotNull(await _harness.Engine.GetRunAsync(third.Run.Id, ControllerHarness.Everything, default));
        Assert.Equal(2, _harness.Engine.View.Runs);
    }

    [Fact]
    public async Task ControllerThatCrashesAfterEveryRun_DecidesLikeOneThatNeverDoes()
    {
        await using var crashing = await ControllerHarness.StartAsync();
        var decided = (Steady: new List<string>(), Crashing: new List<string>());
        for (var run = 0; run < 40; run++)
        {
            var draft = LookUp(run % 3 == 0 ? "paid by card" : "paid by cheque") with { Task = $"Refund order {70 + (run % 2)}" };
            await LearnAndSubmitAsync(_harness, draft, decided.Steady);
            await LearnAndSubmitAsync(crashing, draft, decided.Crashing);
            await crashing.ReopenAsync();
        }

        Assert.Equal(decided.Steady, decided.Crashing);
        Assert.Equal(_harness.Engine.View.GateVersion, crashing.Engine.View.GateVersion);
    }

    [Fact]
    public async Task Gate_LearnsFromEveryRunOnce()
    {
        // Of the latest nobody can tell yet whether it comes back.
        for (var run = 0; run < 16; run++)
        {
            await _harness.SubmitAsync(LookUp("paid by card"));
        }

        Assert.Null(_harness.Engine.NextToLearn());
        await _harness.SubmitAsync(LookUp("paid by card"));
        Assert.NotEmpty(_harness.Engine.NextToLearn()!.Value);

        Assert.True(await _harness.Engine.LearnAsync(ImmutableDictionary<MemoryId, long>.Empty, default));
        await _harness.ReopenAsync();

        Assert.Null(_harness.Engine.NextToLearn());
        Assert.False(await _harness.Engine.LearnAsync(ImmutableDictionary<MemoryId, long>.Empty, default));
    }

    private static async Task LearnAndSubmitAsync(ControllerHarness harness, RunDraft run, List<string> decided)
    {
        if (harness.Engine.NextToLearn() is not null)
        {
            Assert.True(await harness.Engine.LearnAsync(ImmutableDictionary<MemoryId, long>.Empty, default));
        }

        var report = await harness.SubmitAsync(run);
        decided.AddRange(report.Decisions.Select(decision => $"{decision.PolicyVersion} {Told(decision)}"));
    }

    private static RunDraft LookUp(string found) =>
        Runs.Of(Refund, 1, Runs.Step("Look up the order", $"Order 71 was {found} on 3 May.", "get_order", """{"id": 71}"""));

    private static string Told(CandidateDecision decision) =>
        $"{decision.Id} {decision.Decision} {decision.Reason} {decision.Probability} {decision.Memory} {decision.Effect} {string.Join(' ', decision.Replays.Select(pair => pair.Fingerprint))}";
}
