using MemoryCluster.Simulations.Histories;
using MemoryCluster.Simulations.Scenarios;

namespace MemoryCluster.Simulations.Tests.Checking;

/// <summary>What may happen is not called a violation.</summary>
public sealed class GoodHistoryTests
{
    public static TheoryData<string> Names => [.. Tales.Keys];

    private static readonly Dictionary<string, Func<Tale>> Tales = new()
    {
        ["nothing"] = () => new Tale(),
        ["runs that taught, were forgotten, or of which nobody heard"] = () => new Tale().Runs(new RunAccounts
        {
            Kept = [new RunId("r-1"), new RunId("r-2")], Forgotten = [new RunId("r-2")], Unheard = 1, There = 2, Memories = [(Tale.Id(1), new RunId("r-1"), "a")],
            Decisions = [(new RunId("r-1"), Decision.Admitted, Tale.Id(1)), (new RunId("r-1"), Decision.Rejected, null)],
        }),
        ["a run's outcomes, one of which nobody heard"] = () => new Tale().Runs(new RunAccounts
        {
            Kept = [new RunId("r-1")], There = 1, Memories = [(Tale.Id(1), new RunId("r-1"), "a")], Decisions = [(new RunId("r-1"), Decision.Admitted, Tale.Id(1))],
            Uses = [(Tale.Id(1), 2, 1)], Reported = ImmutableDictionary<MemoryId, (int, int)>.Empty.Add(Tale.Id(1), (1, 2)),
        }),
        ["replayed outside, asked twice, and on its way when it was forgotten"] = () => new Tale().Runs(Replayed()),
        ["kept and read"] = () => new Tale().Remember(1).Get(1, 1).List((1, 1, "a")),
        ["missing before it was written"] = () => new Tale().List().Remember(1).Get(1, 1),
        ["a read beside the writing may or may not see it"] = () => new Tale().Remember(1).GetNothing(1).Lasting(callsBefore: 1).Get(1, 1),
        ["changed and read"] = () => new Tale().Remember(1).Patch(1, 1, "b").Get(1, 2, "b"),
        ["a read beside a change sees the old words"] = () => new Tale().Remember(1).Patch(1, 1, "b").Get(1, 1).Lasting(callsBefore: 1),
        ["a stale change is refused"] = () => new Tale().Remember(1).Patch(1, 1, "b").Patch(1, 1, "c", Outcome.Refused, "stale_version").Get(1, 2, "b"),
        ["an unknown change took effect"] = () => new Tale().Remember(1).Patch(1, 1, "b", Outcome.Unknown).Get(1, 2, "b"),
        ["an unknown change took none"] = () => new Tale().Remember(1).Patch(1, 1, "b", Outcome.Unknown).Get(1, 1),
        ["an unknown change took effect late"] = () => new Tale().Remember(1).Patch(1, 1, "b", Outcome.Unknown).Get(1, 1).Get(1, 2, "b"),
        ["deleted is gone"] = () => new Tale().Remember(1).Delete(1).GetNothing(1).List(),
        ["an unknown deletion took effect"] = () => new Tale().Remember(1).Delete(1, Outcome.Unknown).Get(1, 1).GetNothing(1),
        ["deleted twice, the second refused"] = () => new Tale().Remember(1).Delete(1).Delete(1, Outcome.Refused, "memory_not_found"),
        ["deleted twice under one key"] = () => new Tale().Remember(1).Delete(1, Outcome.Unknown, key: 1).Delete(1, key: 1).GetNothing(1),
        ["forgotten"] = () => new Tale().Remember(1).Remember(2, "b").Forget(Outcome.Ok, 1, 2).List(),
        ["forgotten, perhaps"] = () => new Tale().Remember(1).Forget(Outcome.Unknown).Get(1, 1).GetNothing(1),
        ["an unknown writing is there"] = () => new Tale().Remember(1, outcome: Outcome.Unknown).Get(1, 1),
        ["copies of what is there"] = () => new Tale().Remember(1, visibility: Visibility.Shared).Remember(2, "b", visibility: Visibility.Shared)
            .ListFinally((1, "a", Visibility.Shared, null), (2, "b", Visibility.Shared, null), (8, "g", Visibility.Team, 1), (9, "h", Visibility.Team, 2)),
        ["kept and recalled"] = () => new Tale().Remember(1).Recall(1),
        ["an outcome counts once"] = () => new Tale().Remember(1).Report(1, 1).Report(1, 1).Report(2, 1).GetUsed(1, 2),
        ["an unknown outcome may count or not"] = () => new Tale().Remember(1).Report(1, 1, Outcome.Unknown).GetUsed(1, 0).GetUsed(1, 1),
        ["an outcome of an unknown recall does not count"] = () => new Tale().Remember(1).Report(1, 1, isKnown: false).GetUsed(1, 0),
        ["a read beside the outcome may or may not see it"] = () => new Tale().Remember(1).Report(1, 1).GetUsed(1, 0).Lasting(callsBefore: 1).GetUsed(1, 1),
        ["merged into what is there"] = () => new Tale().Remember(1).Remember(1, decision: Decision.Merged),
        ["merged into what nobody saw"] = () => new Tale().Remember(9, decision: Decision.Merged).GetNothing(9).Lasting(callsBefore: 3),
        ["passed over behind what stands for it"] = () => new Tale().Remember(1).Remember(2, "b").ListStanding(2, "b", 1).Get(1, 1),
        ["passed over behind one that is itself behind another"] = () => new Tale()
            .Remember(1).Remember(2, "b").ListStanding(2, "b", 1).Remember(3, "c").ListStanding(3, "c", 2).Get(1, 1),
        ["a timeline before and after a deletion"] = () => new Tale().Remember(1, "case 1-1").Remember(2, "case 1-2").Timeline("case 1-1 case 1-2", Tale.ForAnn)
            .Delete(1).Timeline("case 1-2").Remember(3, "case 1-3", outcome: Outcome.Unknown).Timeline("case 1-3"),
        ["summed up in an insight, then by another"] = () => new Tale()
            .Remember(1).Remember(2, "b").ListInsight((8, [1, 2])).Remember(3, "c").ListInsight((9, [1, 2, 3])).Delete(1).List((2, 1, "b"), (3, 1, "c")),
        ["a key answered twice alike"] = () => new Tale().Remember(1, key: 1).Remember(1, key: 1).List((1, 1, "a")),
        ["a key answered after an unknown outcome"] = () => new Tale().Remember(1, key: 1, outcome: Outcome.Unknown).Remember(1, key: 1).List((1, 1, "a")),
        ["a key refused for another request"] = () =>
            new Tale().Remember(1, key: 1).Remember(2, "b", key: 1, outcome: Outcome.Refused, fault: "idempotency_mismatch").List((1, 1, "a")),
        ["a doubled request without a key made two"] = () => new Tale().MessagesMayDouble().Remember(1).Get(2, 1),
        ["a doubled change was told to be stale"] = () =>
            new Tale().MessagesMayDouble().Remember(1).Patch(1, 1, "b", Outcome.Refused, "stale_version").Get(1, 2, "b"),
        ["seen by whom it is for"] = () => new Tale().Remember(1).Get(1, 1, caller: Tale.ForAnn),
        ["seen beside its revocation"] = () => new Tale().Remember(1).Edge(Tale.AnnCallsAgent, false).Get(1, 1, caller: Tale.ForAnn).Lasting(callsBefore: 1),
        ["seen after an unknown revocation"] = () => new Tale().Remember(1).Edge(Tale.AnnCallsAgent, false, Outcome.Unknown).Get(1, 1, caller: Tale.ForAnn),
        ["seen after an unknown grant"] = () =>
            new Tale().Without(Tale.AnnCallsAgent).Remember(1).Edge(Tale.AnnCallsAgent, true, Outcome.Unknown).Get(1, 1, caller: Tale.ForAnn),
        ["not shown to whom it is not for"] = () => new Tale().Without(Tale.AnnCallsAgent).Remember(1).GetNothing(1, Tale.ForAnn).Get(1, 1),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void GoodHistory_IsAccepted(string name)
    {
        Assert.Empty(Tales[name]().Check());
    }

    private static RunAccounts Replayed()
    {
        var (run, gone) = (new RunId("r-1"), new RunId("r-2"));
        var asked = new ReplayRequest
        {
            Id = "msg_1", Task = "", Input = "", Seeds = [], Expected = null, Memory = null, Body = """{"runId":"r-2"}""", Fingerprint = new Guid(1, 2, 3, new byte[8]),
        };
        var score = new ReplayScore(OutsideWorld.RewardOf(asked.Fingerprint), 1, null);
        var pair = new ReplayPair
        {
            Run = run, Without = score, With = score, Difference = 0, At = default, Fingerprint = default,
            Trace = new ReplayTrace(OutsideWorld.Replayer, null, asked.Fingerprint, asked.Fingerprint, []),
        };
        return new RunAccounts
        {
            Kept = [run, gone], Forgotten = [gone], There = 1, Memories = [(Tale.Id(1), run, "a")], Decisions = [(run, Decision.Admitted, Tale.Id(1))],
            Replays = [(Tale.Id(1).Value, pair)], ReplaysFailed = [(Tale.Id(1).Value, new ReplayFailure(gone, "timed_out", 1, default))],
            Sent = [(DateTimeOffset.UnixEpoch, asked), (DateTimeOffset.UnixEpoch.AddSeconds(5), asked)],
            ForgottenAt = ImmutableDictionary<RunId, DateTimeOffset>.Empty.Add(gone, DateTimeOffset.UnixEpoch),
        };
    }
}
