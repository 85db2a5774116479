using MemoryCluster.Simulations.Checking;
using MemoryCluster.Simulations.Histories;
using MemoryCluster.Simulations.Scenarios;

namespace MemoryCluster.Simulations.Tests.Checking;

/// <summary>What may not happen is found: the zeros of the simulation mean something only as far as this holds.</summary>
public sealed class BadHistoryTests
{
    private static readonly AccessEdge BobCallsAgent = new AccessEdge.UserAgent(Tale.Bob, Tale.Agent);
    private static readonly AccessEdge AgentUsesWiki = new AccessEdge.AgentResource(Tale.Agent, Tale.Wiki);

    private static readonly RunId First = new("r-1");
    private static readonly MemoryId Made = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly MemoryId Other = new(new Guid(2, 0, 0, new byte[8]));
    private static readonly RunAccounts Kept = new() { Kept = [First] };

    private static readonly RunAccounts Taught =
        Kept with { There = 1, Memories = [(Made, First, "a")], Decisions = [(First, Decision.Admitted, Made)] };

    private static readonly ReplayRequest Asked = new()
    {
        Id = "msg_1", Task = "", Input = "", Seeds = [], Expected = null, Memory = null, Body = """{"runId":"r-1"}""", Fingerprint = new Guid(1, 2, 3, new byte[8]),
    };

    private static readonly ReplayPair Replayed = new()
    {
        Run = First, Without = Scored, With = Scored, Difference = 0, At = default, Fingerprint = default,
        Trace = new ReplayTrace(OutsideWorld.Replayer, null, Asked.Fingerprint, Asked.Fingerprint, []),
    };

    private static readonly RunAccounts Tested = Taught with { Replays = [(Made.Value, Replayed)], Sent = [(default, Asked)] };

    private static ReplayScore Scored => new(OutsideWorld.RewardOf(Asked.Fingerprint), 1, null);

    private static readonly Dictionary<string, (Rule Rule, Func<Tale> Tell)> Tales = new()
    {
        // Replayed outside.
        ["a replay counts twice"] = (Rule.Replays, () => new Tale().Runs(Tested with { Replays = [(Made.Value, Replayed), (Made.Value, Replayed)] })),
        ["a replay failed and counts"] = (Rule.Replays, () => new Tale().Runs(Tested with { ReplaysFailed = [(Made.Value, new ReplayFailure(First, "timed_out", 1, default))] })),
        ["a reward that nobody answered"] = (Rule.Replays, () => new Tale().Runs(Tested with { Replays = [(Made.Value, Replayed with { With = Scored with { Reward = 2 } })] })),
        ["a replay that nobody was asked for"] = (Rule.Replays, () => new Tale().Runs(Tested with { Sent = [] })),
        ["a run sent after it was forgotten"] = (Rule.Replays, () => new Tale().Runs(new RunAccounts
        {
            Kept = [First], Forgotten = [First], Sent = [(DateTimeOffset.UnixEpoch.AddMinutes(1), Asked)],
            ForgottenAt = ImmutableDictionary<RunId, DateTimeOffset>.Empty.Add(First, DateTimeOffset.UnixEpoch),
        })),

        // Lost.
        ["kept, then not found"] = (Rule.Lost, () => new Tale().Remember(1).GetNothing(1)),
        ["kept, then not listed"] = (Rule.Lost, () => new Tale().Remember(1).List()),
        ["kept and seen, then not found"] = (Rule.Lost, () => new Tale().Remember(1).Get(1, 1).GetNothing(1)),
        ["one of two kept is not listed"] = (Rule.Lost, () => new Tale().Remember(1).Remember(2, "b").List((2, 1, "b"))),
        ["kept under a key, then not found"] = (Rule.Lost, () => new Tale().Remember(1, key: 1).GetNothing(1)),
        ["kept on repetition, then not found"] = (Rule.Lost, () => new Tale().Remember(1, key: 1, outcome: Outcome.Unknown).Remember(1, key: 1).List()),
        ["changed, then not found"] = (Rule.Lost, () => new Tale().Remember(1).Patch(1, 1, "b").GetNothing(1)),
        ["kept and changed, then not listed"] = (Rule.Lost, () => new Tale().Remember(1).Patch(1, 1, "b").Get(1, 2, "b").List()),
        ["lost although another was deleted"] = (Rule.Lost, () => new Tale().Remember(1).Remember(2, "b").Delete(2).List()),
        ["missing for a while"] = (Rule.History, () => new Tale().Remember(1).GetNothing(1).Get(1, 1)),
        ["a deletion is told that it is not there"] = (Rule.History, () => new Tale().Remember(1).Delete(1, Outcome.Refused, "memory_not_found").Get(1, 1)),
        ["a change is told that it is not there"] = (Rule.History, () => new Tale().Remember(1).Patch(1, 1, "b", Outcome.Refused, "memory_not_found").Get(1, 1)),

        ["an outcome was counted, and is not"] = (Rule.Lost, () => new Tale().Remember(1).Report(1, 1).GetUsed(1, 0)),
        ["a counted outcome is gone after another"] = (Rule.Lost, () => new Tale().Remember(1).Report(1, 1).Report(2, 1).GetUsed(1, 1)),

        // Diffused.
        ["a copy outlives its source"] = (Rule.Resurrected, () => new Tale().ListFinally((9, "a", Visibility.Team, 1))),
        ["a copy outlives its source's being shared"] = (Rule.Resurrected, () =>
            new Tale().Remember(1).ListFinally((1, "a", Visibility.Team, null), (9, "g", Visibility.Team, 1))),
        ["a team holds two copies of a source"] = (Rule.DuplicateEffect, () => new Tale().Remember(1, visibility: Visibility.Shared)
            .ListFinally((1, "a", Visibility.Shared, null), (8, "g", Visibility.Team, 1), (9, "h", Visibility.Team, 1))),
        ["a flood counts twice"] = (Rule.DuplicateEffect, () => new Tale().Remember(1, visibility: Visibility.Shared).Remember(2, "b", visibility: Visibility.Shared)
            .ListFinally((1, "a", Visibility.Shared, null), (2, "b", Visibility.Shared, null), (8, "g", Visibility.Team, 1), (9, "g", Visibility.Team, 2))),

        // Archived.
        ["the archived is recalled"] = (Rule.Archived, () => new Tale().Remember(1).Recall(1, isArchived: true)),

        // Counted twice.
        ["an outcome counts twice"] = (Rule.DuplicateEffect, () => new Tale().Remember(1).Report(1, 1).Report(1, 1).GetUsed(1, 2)),
        ["an outcome of nobody counts"] = (Rule.DuplicateEffect, () => new Tale().Remember(1).GetUsed(1, 1).Report(1, 1)),
        ["an outcome counts on what it did not use"] = (Rule.DuplicateEffect, () => new Tale().Remember(1).Remember(2, "b").Report(1, 2).GetUsed(1, 1)),

        // Resurrected.
        ["deleted, then found"] = (Rule.Resurrected, () => new Tale().Remember(1).Delete(1).Get(1, 1)),
        ["deleted, then listed"] = (Rule.Resurrected, () => new Tale().Remember(1).Delete(1).List((1, 1, "a"))),
        ["deleted, missing, then found"] = (Rule.Resurrected, () => new Tale().Remember(1).Delete(1).GetNothing(1).Get(1, 1)),
        ["changed, deleted, then found as changed"] = (Rule.Resurrected, () => new Tale().Remember(1).Patch(1, 1, "b").Delete(1).Get(1, 2, "b")),
        ["changed, deleted, then found as it was first"] = (Rule.Resurrected, () => new Tale().Remember(1).Patch(1, 1, "b").Delete(1).Get(1, 1)),
        ["forgotten, then found"] = (Rule.Resurrected, () => new Tale().Remember(1).Forget(Outcome.Ok, 1).Get(1, 1)),
        ["forgotten, then listed"] = (Rule.Resurrected, () => new Tale().Remember(1).Forget(Outcome.Ok, 1).List((1, 1, "a"))),
        ["deleted, then merged into"] = (Rule.Resurrected, () => new Tale().Remember(1).Delete(1).Remember(1, decision: Decision.Merged)),
        ["deleted under a key, then found"] = (Rule.Resurrected, () => new Tale().Remember(1).Delete(1, Outcome.Unknown, key: 1).Delete(1, key: 1).Get(1, 1)),
        ["deleted, then changed"] = (Rule.Resurrected, () => new Tale().Remember(1).Delete(1).Patch(1, 1, "b")),
        ["forgotten, then changed"] = (Rule.Resurrected, () => new Tale().Remember(1).Forget(Outcome.Ok, 1).Patch(1, 1, "b")),
        ["deleted beside a read, then found"] = (Rule.Resurrected, () => new Tale().Remember(1).Delete(1).Get(1, 1).Lasting(callsBefore: 1).Get(1, 1)),

        // Deleted in other impossible ways.
        ["deleted twice"] = (Rule.History, () => new Tale().Remember(1).Delete(1).Delete(1)),
        ["deleted under two keys"] = (Rule.History, () => new Tale().Remember(1).Delete(1, key: 1).Delete(1, key: 2)),
        ["deleted and forgotten"] = (Rule.History, () => new Tale().Remember(1).Delete(1).Forget(Outcome.Ok, 1)),
        ["forgotten and deleted"] = (Rule.History, () => new Tale().Remember(1).Forget(Outcome.Ok, 1).Delete(1)),
        ["a forget that missed one"] = (Rule.History, () => new Tale().Remember(1).Forget(Outcome.Ok).Get(1, 1)),
        ["a forget that missed one of two"] = (Rule.History, () => new Tale().Remember(1).Remember(2, "b").Forget(Outcome.Ok, 2).Get(1, 1)),
        ["an unknown deletion undone"] = (Rule.History, () => new Tale().Remember(1).Delete(1, Outcome.Unknown).GetNothing(1).Get(1, 1)),
        ["an unknown forget undone"] = (Rule.History, () => new Tale().Remember(1).Forget(Outcome.Unknown).GetNothing(1).Get(1, 1)),

        // Stale and reordered reads.
        ["stale after a change"] = (Rule.History, () => new Tale().Remember(1).Patch(1, 1, "b").Get(1, 1)),
        ["stale list after a change"] = (Rule.History, () => new Tale().Remember(1).Patch(1, 1, "b").List((1, 1, "a"))),
        ["back to an older version"] = (Rule.History, () => new Tale().Remember(1).Patch(1, 1, "b").Get(1, 2, "b").Get(1, 1)),
        ["back to an older version of two"] = (Rule.History, () => new Tale().Remember(1).Patch(1, 1, "b").Patch(1, 2, "c").Get(1, 3, "c").Get(1, 2, "b")),
        ["an unknown change seen, then not"] = (Rule.History, () => new Tale().Remember(1).Patch(1, 1, "b", Outcome.Unknown).Get(1, 2, "b").Get(1, 1)),
        ["versions seen in the wrong order beside the change"] = (Rule.History, () =>
            new Tale().Remember(1).Get(1, 2, "b").Get(1, 1).Patch(1, 1, "b").Lasting(callsBefore: 3)),
        ["a version of the future"] = (Rule.History, () => new Tale().Remember(1).Get(1, 2, "b").Patch(1, 1, "b")),
        ["seen before it was written"] = (Rule.Phantom, () => new Tale().Get(1, 1).Remember(2)),
        ["seen before its own writing began"] = (Rule.History, () => new Tale().Get(1, 1).Remember(1)),
        ["merged at an older version"] = (Rule.History, () => new Tale().Remember(1).Patch(1, 1, "b").Remember(1, decision: Decision.Merged, version: 1)),

        // Forked and skipped changes.
        ["two changes of one version"] = (Rule.History, () => new Tale().Remember(1).Patch(1, 1, "b").Patch(1, 1, "c")),
        ["two changes of one version side by side"] = (Rule.History, () => new Tale().Remember(1).Patch(1, 1, "b").Patch(1, 1, "c").Lasting(callsBefore: 1)),
        ["two changes under two keys"] = (Rule.History, () => new Tale().Remember(1).Patch(1, 1, "b", key: 1).Patch(1, 1, "b", key: 2)),
        ["a change of a version that never was"] = (Rule.History, () => new Tale().Remember(1).Patch(1, 2, "b")),
        ["a version skipped"] = (Rule.History, () => new Tale().Remember(1).Patch(1, 1, "b").Get(1, 3, "b")),
        ["a change answered with a version too far"] = (Rule.History, () => new Tale().Remember(1).Patch(1, 1, "b", answered: 3)),
        ["a change answered with the old version"] = (Rule.History, () => new Tale().Remember(1).Patch(1, 1, "b", answered: 1)),
        ["a refused change took effect"] = (Rule.History, () => new Tale().Remember(1).Patch(1, 1, "b", Outcome.Refused, "store_unavailable").Get(1, 2, "b")),
        ["a change refused as stale that was not"] = (Rule.History, () => new Tale().Remember(1).Patch(1, 1, "b", Outcome.Refused, "stale_version").Get(1, 1)),
        ["words that nobody wrote"] = (Rule.History, () => new Tale().Remember(1).Patch(1, 1, "b").Get(1, 2, "c")),
        ["a visibility that nobody gave"] = (Rule.History, () => new Tale().Remember(1).Patch(1, 1, "b").Get(1, 2, "b", visibility: Visibility.Shared)),
        ["a change lost to a later one"] = (Rule.History, () => new Tale().Remember(1).Patch(1, 1, "b").Patch(1, 1, "c", Outcome.Unknown).Get(1, 2, "c")),

        // Phantoms and duplicates.
        ["written by nobody"] = (Rule.Phantom, () => new Tale().Get(1, 1)),
        ["listed, written by nobody"] = (Rule.Phantom, () => new Tale().Remember(1).List((1, 1, "a"), (2, 1, "b"))),
        ["a refused writing is there"] = (Rule.Phantom, () => new Tale().Remember(1, outcome: Outcome.Refused, fault: "store_unavailable").Get(1, 1)),
        ["other words than were written"] = (Rule.History, () => new Tale().Remember(1).Get(1, 1, "z")),
        ["one writing, two memories"] = (Rule.DuplicateEffect, () => new Tale().Remember(1).List((1, 1, "a"), (2, 1, "a"))),
        ["one unknown writing, two memories"] = (Rule.DuplicateEffect, () => new Tale().Remember(1, outcome: Outcome.Unknown).List((1, 1, "a"), (2, 1, "a"))),
        ["one key, two memories"] = (Rule.DuplicateEffect, () =>
            new Tale().Remember(1, key: 1, outcome: Outcome.Unknown).Remember(1, key: 1, outcome: Outcome.Unknown).List((1, 1, "a"), (2, 1, "a"))),
        ["one key, two memories, by doubled messages"] = (Rule.DuplicateEffect, () =>
            new Tale().MessagesMayDouble().Remember(1, key: 1, outcome: Outcome.Unknown).List((1, 1, "a"), (2, 1, "a"))),
        ["three writings, four memories"] = (Rule.DuplicateEffect, () => new Tale()
            .Remember(1, outcome: Outcome.Unknown).Remember(1, outcome: Outcome.Unknown).Remember(1, outcome: Outcome.Unknown)
            .List((1, 1, "a"), (2, 1, "a"), (3, 1, "a"), (4, 1, "a"))),

        // Idempotency keys.
        ["a key answered with two memories"] = (Rule.Idempotency, () => new Tale().Remember(1, key: 1).Remember(2, key: 1)),
        ["a key answered with two decisions"] = (Rule.Idempotency, () => new Tale().Remember(1, key: 1).Remember(1, key: 1, decision: Decision.Merged)),
        ["a key answered with two numbers"] = (Rule.Idempotency, () => new Tale().Remember(1, key: 1, seq: 4).Remember(1, key: 1, seq: 5)),
        ["a key answered for two requests"] = (Rule.Idempotency, () => new Tale().Remember(1, key: 1).Remember(2, "b", key: 1)),
        ["a key refused without another request"] = (Rule.Idempotency, () => new Tale().Remember(1, key: 1, outcome: Outcome.Refused, fault: "idempotency_mismatch")),
        ["a key answered and refused for one request"] = (Rule.Idempotency, () => new Tale()
            .Remember(2, "b", key: 1, outcome: Outcome.Unknown).Remember(1, key: 1).Remember(1, key: 1, outcome: Outcome.Refused, fault: "idempotency_mismatch")),

        // Access.
        ["shown without an edge"] = (Rule.Access, () => new Tale().Without(Tale.AnnCallsAgent).Remember(1).Get(1, 1, caller: Tale.ForAnn)),
        ["shown after its revocation"] = (Rule.Access, () => new Tale().Remember(1).Edge(Tale.AnnCallsAgent, false).Get(1, 1, caller: Tale.ForAnn)),
        ["shown before its grant"] = (Rule.Access, () =>
            new Tale().Without(Tale.AnnCallsAgent).Remember(1).Get(1, 1, caller: Tale.ForAnn).Edge(Tale.AnnCallsAgent, true)),
        ["shown between two revocations"] = (Rule.Access, () => new Tale().Remember(1)
            .Edge(Tale.AnnCallsAgent, false).Get(1, 1, caller: Tale.ForAnn).Edge(Tale.AnnCallsAgent, true).Edge(Tale.AnnCallsAgent, false)),
        ["shown after a refused grant"] = (Rule.Access, () => new Tale().Without(Tale.AnnCallsAgent).Remember(1)
            .Edge(Tale.AnnCallsAgent, true, Outcome.Refused).Get(1, 1, caller: Tale.ForAnn)),
        ["private, shown to another user"] = (Rule.Access, () => new Tale()
            .Remember(1, visibility: Visibility.Private).Get(1, 1, caller: Tale.ForAnn with { User = Tale.Bob }, visibility: Visibility.Private)),
        ["private, shown to nobody in particular"] = (Rule.Access, () => new Tale()
            .Remember(1, visibility: Visibility.Private).Get(1, 1, caller: Tale.ForAnn with { User = null }, visibility: Visibility.Private)),
        ["the team's, shown to another team"] = (Rule.Access, () =>
            new Tale().Remember(1).Get(1, 1, caller: Tale.ForAnn with { Team = Tale.OtherTeam, Agent = new AgentId("tester"), User = null })),
        ["of a resource that the agent lost"] = (Rule.Access, () =>
            OfWiki().Remember(1).Edge(AgentUsesWiki, false).Get(1, 1, caller: Tale.ForAnn)),
        ["of a resource, shown to no agent"] = (Rule.Access, () => OfWiki().Remember(1).Get(1, 1, caller: Tale.ForAnn with { Agent = null })),
        ["shared, shown to a user who lost its agent"] = (Rule.Access, () => new Tale().Edge(BobCallsAgent, false)
            .Remember(1, visibility: Visibility.Shared)
            .Get(1, 1, caller: Tale.ForAnn with { User = Tale.Bob, Agent = null }, visibility: Visibility.Shared)),

        // Consolidation.
        ["passed over without anything that stands for it"] = (Rule.Lost, () => new Tale().Remember(1).Remember(2, "b").List((2, 1, "b"))),
        ["stood for after its deletion"] = (Rule.Resurrected, () => new Tale().Remember(1).Remember(2, "b").Delete(1).ListStanding(2, "b", 1)),

        ["an insight outlives its source"] = (Rule.Resurrected, () => new Tale().Remember(1).Remember(2, "b").Delete(1).ListInsight((9, [1, 2]))),
        ["an insight outlives its forgotten source"] = (Rule.Resurrected, () => new Tale().Remember(1).Remember(2, "b").Forget(Outcome.Ok, 1).ListInsight((9, [1, 2]))),
        ["two insights over one memory"] = (Rule.DuplicateEffect, () => new Tale().Remember(1).Remember(2, "b").Remember(3, "c").ListInsight((8, [1, 2]), (9, [2, 3]))),

        // Timelines.
        ["a summary tells of what was deleted"] = (Rule.Resurrected, () =>
            new Tale().Remember(1, "case 1-1").Remember(2, "case 1-2").Delete(1).Timeline("case 1-2, and before it case 1-1")),
        ["a summary tells of what was forgotten"] = (Rule.Resurrected, () => new Tale().Remember(1, "case 1-1").Forget(Outcome.Ok, 1).Timeline("case 1-1")),
        ["a summary tells of what nobody wrote"] = (Rule.Resurrected, () => new Tale().Remember(1, "case 1-1").Timeline("case 1-2")),
        ["a summary tells what its reader may not see"] = (Rule.Access, () => new Tale()
            .Remember(1, "case 1-1", visibility: Visibility.Private).Timeline("case 1-1", Tale.ForAnn with { User = Tale.Bob })),
        ["a summary tells of what an edge hides since"] = (Rule.Access, () =>
            new Tale().Remember(1, "case 1-1").Edge(Tale.AnnCallsAgent, false).Timeline("case 1-1", Tale.ForAnn)),

        // Runs.
        ["a run that was kept and is not there"] = (Rule.Runs, () => new Tale().Runs(Kept)),
        ["a run that is there twice"] = (Rule.Runs, () => new Tale().Runs(Kept with { There = 2 })),
        ["a run that taught one thing twice"] = (Rule.Runs, () =>
            new Tale().Runs(Taught with { Memories = [.. Taught.Memories, (Other, First, "a")], Decisions = [.. Taught.Decisions, (First, Decision.Admitted, Other)] })),
        ["a memory that no decision made"] = (Rule.Runs, () => new Tale().Runs(Taught with { Decisions = [] })),
        ["a decision whose memory is not there"] = (Rule.Runs, () => new Tale().Runs(Taught with { Memories = [] })),
        ["a memory of a forgotten run"] = (Rule.Runs, () => new Tale().Runs(Taught with { There = 0, Forgotten = [First], Decisions = [] })),
        ["a decision of a forgotten run"] = (Rule.Runs, () => new Tale().Runs(Taught with { There = 0, Forgotten = [First], Memories = [], Deleted = [Made] })),
        ["a run's memory after its deletion"] = (Rule.Runs, () => new Tale().Runs(Taught with { Deleted = [Made] })),
        ["an outcome of a run that counts twice"] = (Rule.Runs, () => new Tale().Runs(Taught with
        {
            Uses = [(Made, 2, 1)], Reported = ImmutableDictionary<MemoryId, (int, int)>.Empty.Add(Made, (1, 1)),
        })),
        ["an outcome of a run that was acknowledged and does not count"] = (Rule.Runs, () => new Tale().Runs(Taught with
        {
            Uses = [(Made, 0, 0)], Reported = ImmutableDictionary<MemoryId, (int, int)>.Empty.Add(Made, (1, 2)),
        })),
        ["a certificate that does not hold"] = (Rule.Runs, () => new Tale().Runs(Taught with { Uncertified = [Made] })),

        // Faults that the contract does not know.
        ["an exception nobody promised"] = (Rule.UnexpectedFault, () => new Tale().Remember(1, outcome: Outcome.Unexpected, fault: "NullReferenceException")),
    };

    public static TheoryData<string> Names => [.. Tales.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void BadHistory_IsFlagged(string name)
    {
        var (rule, tell) = Tales[name];

        Assert.Contains(tell().Check(), violation => violation.Rule == rule);
    }

    [Fact]
    public void BadHistories_AreManyAndOfEveryKind()
    {
        Assert.True(Tales.Count >= 50);
        Assert.Equal(
            Enum.GetValues<Rule>().Except([Rule.Unspecified, Rule.Stuck, Rule.Store, Rule.Decisions]).Order(), Tales.Values.Select(tale => tale.Rule).Distinct().Order());
    }

    private static Tale OfWiki() => new() { Origin = new Origin(Tale.Team, Tale.Agent, Tale.Ann, null, [Tale.Wiki]) };
}
