using static MemoryCluster.Core.Tests.Shards.ShardHarness;

namespace MemoryCluster.Core.Tests.Shards;

public sealed class ShardEngineTests
{
    [Fact]
    public async Task Remembered_IsRecalledAndReadById()
    {
        await using var shard = await StartAsync();

        var result = await shard.RememberAsync("The deploy key rotates on Mondays");

        Assert.Equal(Decision.Admitted, result.Decision);
        Assert.Equal((1, 1L), (result.Version, result.Seq));
        Assert.Equal(7u, result.Id.TeamNumber);
        Assert.Equal("The deploy key rotates on Mondays", (await shard.GetAsync(result.Id))!.Text);
        Assert.Equal(result.Id, Assert.Single(await shard.RecallAsync("when does the deploy key rotate")).Memory.Id);
    }

    [Fact]
    public async Task Reopened_KnowsWhatWasAcknowledged()
    {
        await using var shard = await StartAsync();
        var kept = await shard.RememberAsync("kept");
        var erased = await shard.RememberAsync("erased text");
        await shard.Engine.DeleteAsync(new DeleteCommand(erased.Id, false, null), Everything, default);

        await shard.ReopenAsync();

        Assert.Equal("kept", (await shard.GetAsync(kept.Id))!.Text);
        Assert.Null(await shard.GetAsync(erased.Id));
        Assert.Equal(3, (await shard.Engine.GetStatisticsAsync(default)).Seq);
        Assert.Equal(kept.Id, Assert.Single(await shard.RecallAsync("kept")).Memory.Id);
    }

    [Fact]
    public async Task SameText_IsMergedAsExactDuplicate()
    {
        await using var shard = await StartAsync();
        var first = await shard.RememberAsync("Paris is in France");

        var second = await shard.RememberAsync("  Paris is   in France ");

        Assert.Equal((Decision.Merged, "exact_duplicate", (MemoryId?)first.Id), (second.Decision, second.Reason, second.MergedInto));
        Assert.Equal(1, (await shard.GetAsync(first.Id))!.Utility.Confirmations);
        Assert.Equal(1, (await shard.Engine.GetStatisticsAsync(default)).Memories);
    }

    [Theory]
    [InlineData("The flight leaves at 8", "the flight leaves at 8.", true)]
    [InlineData("The flight leaves at 8", "flight leaves at 8", true)]
    [InlineData("The flight leaves at 8", "The flight leaves at 9", false)]
    [InlineData("Do restart the server", "Do not restart the server", false)]
    [InlineData("alert when x > 5", "alert when x < 5", false)]
    [InlineData("use C for drivers", "use C++ for drivers", false)]
    [InlineData("Alice met Bob", "Bob met Alice", false)]
    [InlineData("turn the heater on", "turn the heater off", false)]
    public async Task NearDuplicate_IsMergedOnlyWhereNothingThatMattersDiffers(string first, string second, bool merges)
    {
        await using var shard = await StartAsync();
        // Lower than the default: what keeps these apart must not be the cosine.
        shard.Engine.Apply(new TeamPolicy { Version = 2, MergeSimilarity = 0.5 });
        await shard.RememberAsync(first);

        var result = await shard.RememberAsync(second);

        Assert.Equal(merges ? Decision.Merged : Decision.Admitted, result.Decision);
        Assert.Equal(merges ? "near_duplicate" : "novel", result.Reason);
    }

    [Fact]
    public async Task DifferentLabels_NeverMerge()
    {
        await using var shard = await StartAsync();
        await shard.RememberAsync("the same words");

        Assert.Equal(Decision.Admitted, (await shard.RememberAsync("the same words", agent: new AgentId("other"))).Decision);
        Assert.Equal(Decision.Admitted, (await shard.RememberAsync("the same words", user: new UserId("ann"))).Decision);
        Assert.Equal(Decision.Admitted, (await shard.RememberAsync("the same words", MemoryKind.Lesson)).Decision);
    }

    [Fact]
    public async Task Episodes_AreKeptOncePerSourceTurn()
    {
        await using var shard = await StartAsync();
        SourceRef turn = new() { Session = "s1", Turn = "3" };

        var first = await shard.RememberAsync("yes", MemoryKind.Episode, source: turn);
        var again = await shard.RememberAsync("yes", MemoryKind.Episode, source: turn);
        var later = await shard.RememberAsync("yes", MemoryKind.Episode, source: turn with { Turn = "4" });
        var sourceless = await shard.RememberAsync("yes", MemoryKind.Episode);

        Assert.Equal((Decision.Merged, "same_source_turn", (MemoryId?)first.Id), (again.Decision, again.Reason, again.MergedInto));
        Assert.Equal(0, (await shard.GetAsync(first.Id))!.Utility.Confirmations);
        Assert.Equal((Decision.Admitted, Decision.Admitted), (later.Decision, sourceless.Decision));
    }

    [Fact]
    public async Task TextWithoutWords_IsRejected()
    {
        await using var shard = await StartAsync();

        var result = await shard.RememberAsync("?!…");

        Assert.Equal((Decision.Rejected, "no_content", 0), (result.Decision, result.Reason, result.Version));
        Assert.Null(await shard.GetAsync(result.Id));
    }

    [Fact]
    public async Task FullTeam_RejectsWhatIsNewButStillMerges()
    {
        await using var shard = await StartAsync();
        shard.Engine.Apply(new TeamPolicy { Version = 2, MemoriesMax = 1 });
        await shard.RememberAsync("first");

        Assert.Equal("team_full", (await shard.RememberAsync("second")).Reason);
        Assert.Equal(Decision.Merged, (await shard.RememberAsync("first")).Decision);
    }

    [Fact]
    public async Task IdempotencyKey_HasOneEffectAndOneAnswer_AlsoAfterReopening()
    {
        await using var shard = await StartAsync();
        var operation = new OperationId(new Guid(9, 9, 9, new byte[8]), new Guid(8, 8, 8, new byte[8]));
        var first = await shard.RememberAsync("once", MemoryKind.Event, operation: operation);

        await shard.ReopenAsync();
        var second = await shard.RememberAsync("once", MemoryKind.Event, operation: operation);

        Assert.Equal(first, second);
        Assert.Equal(1, (await shard.Engine.GetStatisticsAsync(default)).Memories);
        var mismatch = await Assert.ThrowsAsync<MemoryClusterException>(
            () => shard.RememberAsync("twice", MemoryKind.Event, operation: operation with { Body = Guid.Empty }));
        Assert.Equal(MemoryFault.IdempotencyMismatch, mismatch.Fault);
    }

    [Fact]
    public async Task IdempotencyKey_IsForgottenAfterADay()
    {
        await using var shard = await StartAsync();
        var operation = new OperationId(new Guid(9, 9, 9, new byte[8]), Guid.Empty);
        await shard.RememberAsync("once", MemoryKind.Event, operation: operation);

        shard.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        await shard.RememberAsync("once", MemoryKind.Event, operation: operation);

        Assert.Equal(2, (await shard.Engine.GetStatisticsAsync(default)).Memories);
    }

    [Fact]
    public async Task Patch_NeedsTheCurrentVersion_AndKeepsTheOldOne()
    {
        await using var shard = await StartAsync();
        var id = (await shard.RememberAsync("the office is in Bern")).Id;
        var change = new PatchCommand { Id = id, IfVersion = 1, Text = "the office is in Basel", Embedding = Embed("the office is in Basel") };

        var changed = await shard.Engine.PatchAsync(change, Everything, default);
        var stale = await Assert.ThrowsAsync<MemoryClusterException>(() => shard.Engine.PatchAsync(change, Everything, default));

        Assert.Equal((2, "the office is in Basel"), (changed.Version, changed.Text));
        Assert.Equal("the office is in Bern", Assert.Single(changed.Revisions).Text);
        Assert.Equal(MemoryFault.StaleVersion, stale.Fault);
        Assert.Empty(await shard.RecallAsync("Bern", like: new RecallQuery { Team = Team, Caller = Everything.Caller, Text = "", K = 1, Channels = RecallChannels.Lexical }));
        Assert.Equal(id, Assert.Single(await shard.RecallAsync("Basel")).Memory.Id);
    }

    [Fact]
    public async Task Deleted_NeverReturns_AndItsTextIsNewAgain()
    {
        await using var shard = await StartAsync();
        var id = (await shard.RememberAsync("a secret")).Id;

        var receipt = await shard.Engine.DeleteAsync(new DeleteCommand(id, true, null), Everything, default);
        var again = await Assert.ThrowsAsync<MemoryClusterException>(
            () => shard.Engine.DeleteAsync(new DeleteCommand(id, true, null), Everything, default));

        Assert.Equal(id, Assert.Single(receipt.Deleted));
        Assert.Equal(MemoryFault.NotFound, again.Fault);
        Assert.Empty(await shard.RecallAsync("secret"));
        var anew = await shard.RememberAsync("a secret");
        Assert.Equal(Decision.Admitted, anew.Decision);
        Assert.NotEqual(id, anew.Id);
    }

    [Fact]
    public async Task Forget_TakesWhatMatchesAllMembers()
    {
        await using var shard = await StartAsync();
        var ann = new UserId("ann");
        var hers = await shard.RememberAsync("hers", user: ann);
        await shard.RememberAsync("nobody's");
        shard.Clock.Advance(TimeSpan.FromMinutes(1));
        var later = shard.Clock.GetUtcNow();
        await shard.RememberAsync("hers, later", user: ann);

        var receipt = await shard.Engine.ForgetAsync(new ForgetCommand { User = ann, WrittenBefore = later }, Everything, default);

        Assert.Equal(hers.Id, Assert.Single(receipt.Deleted));
        Assert.Equal(2, (await shard.Engine.GetStatisticsAsync(default)).Memories);
    }

    [Fact]
    public async Task LaterOwner_FencesReadsAndWritesOfTheEarlierOne()
    {
        await using var shard = await StartAsync();
        var id = (await shard.RememberAsync("before")).Id;
        await using var later = await shard.OpenAnotherAsync();
        await later.DeleteAsync(new DeleteCommand(id, false, null), Everything, default);

        var read = await Assert.ThrowsAsync<MemoryClusterException>(() => shard.GetAsync(id));
        var counts = await Assert.ThrowsAsync<MemoryClusterException>(() => shard.Engine.GetStatisticsAsync(default));
        var write = await Assert.ThrowsAsync<MemoryClusterException>(() => shard.RememberAsync("after"));

        Assert.Equal(MemoryFault.ShardUnavailable, counts.Fault);
        Assert.Equal((MemoryFault.ShardUnavailable, MemoryFault.ShardUnavailable), (read.Fault, write.Fault));
        Assert.True(shard.Engine.HasFailed);
        Assert.Null(await later.GetAsync(id, Everything, default));
    }

    [Theory]
    [InlineData("patch")]
    [InlineData("delete")]
    [InlineData("forget")]
    [InlineData("same turn")]
    public async Task StaleOwner_MayNotAnswerEvenWhereItHasNothingToWrite(string change)
    {
        var turn = new SourceRef { Session = "s", Turn = "1" };
        await using var shard = await StartAsync();
        var gone = await shard.RememberAsync("said", source: turn);
        await using var later = await shard.OpenAnotherAsync();
        await later.DeleteAsync(new DeleteCommand(gone.Id, false, null), Everything, default);
        var there = await later.RememberAsync(ShardHarness.Command("only the later owner knows this"), default);

        Func<Task> answer = change switch
        {
            "patch" => () => shard.Engine.PatchAsync(new PatchCommand { Id = there.Id, IfVersion = 1, Text = "x" }, Everything, default),
            "delete" => () => shard.Engine.DeleteAsync(new DeleteCommand(there.Id, false, null), Everything, default),
            "forget" => () => shard.Engine.ForgetAsync(new ForgetCommand { User = new UserId("nobody") }, Everything, default),
            _ => () => shard.RememberAsync("said", source: turn),
        };

        Assert.Equal(MemoryFault.ShardUnavailable, (await Assert.ThrowsAsync<MemoryClusterException>(answer)).Fault);
        Assert.True(shard.Engine.HasFailed);
    }

    [Fact]
    public async Task ConcurrentWrites_ShareAppends_AndIdenticalOnesMakeOneMemory()
    {
        var stores = new GatedStores { Gate = new TaskCompletionSource() };
        await using var shard = await StartAsync(stores);

        var same = Enumerable.Range(0, 20).Select(_ => shard.RememberAsync("one and the same")).ToArray();
        var different = Enumerable.Range(0, 20).Select(i => shard.RememberAsync($"thing number {i}", MemoryKind.Event)).ToArray();
        stores.Gate.SetResult();
        var results = await Task.WhenAll([.. same, .. different]);

        Assert.Equal(1 + 20, (await shard.Engine.GetStatisticsAsync(default)).Memories);
        Assert.Single(results.Take(20).Select(result => result.Id).Distinct());
        Assert.Equal(1, results.Take(20).Count(result => result.Decision == Decision.Admitted));
        Assert.True(stores.Appends.Count < 30, $"{stores.Appends.Count} appends for 40 writes");
        Assert.Equal(results.Length, results.Select(result => result.Seq).Distinct().Count());
    }

    [Fact]
    public async Task BrokenAppend_ReportsUnknownOutcome_AndStopsTheOwner()
    {
        var stores = new GatedStores { Gate = new TaskCompletionSource() };
        await using var shard = await StartAsync(stores);

        var writing = shard.RememberAsync("in flight");
        var waiting = shard.RememberAsync("still queued");
        stores.Gate.SetException(new IOException("the disk went away"));

        Assert.Equal(MemoryFault.OutcomeUnknown, (await Assert.ThrowsAsync<MemoryClusterException>(() => writing)).Fault);
        Assert.Equal(MemoryFault.ShardUnavailable, (await Assert.ThrowsAsync<MemoryClusterException>(() => waiting)).Fault);
        Assert.True(shard.Engine.HasFailed);
    }

    [Fact]
    public async Task Unapplied_IsNotSeenByReaders()
    {
        var stores = new GatedStores { Gate = new TaskCompletionSource() };
        await using var shard = await StartAsync(stores);

        var writing = shard.RememberAsync("not durable yet");
        Assert.Empty(await shard.RecallAsync("durable"));
        stores.Gate.SetResult();
        await writing;

        Assert.Single(await shard.RecallAsync("durable"));
    }

    [Fact]
    public async Task Outcome_IsCreditedOncePerRecall_AlsoAfterReopening()
    {
        await using var shard = await StartAsync();
        var id = (await shard.RememberAsync("useful")).Id;
        var recall = RecallId.New(shard.Clock.GetUtcNow(), 5, 7);
        shard.Engine.NoteRecall(new RecallNote(recall, Key, [id]));
        var outcome = new RecallOutcome { Recall = recall, Reward = 0.5 };

        Assert.NotNull(await shard.Engine.RecordOutcomeAsync(outcome, Key, default));
        Assert.NotNull(await shard.Engine.RecordOutcomeAsync(outcome, Key, default));
        await shard.ReopenAsync();
        Assert.NotNull(await shard.Engine.RecordOutcomeAsync(outcome, Key, default));

        var utility = (await shard.GetAsync(id))!.Utility;
        Assert.Equal((1, 0.5), (utility.Uses, utility.RewardSum));
    }

    [Fact]
    public async Task Outcome_OfAnUnknownRecallOrForeignKey_IsRefused()
    {
        await using var shard = await StartAsync();
        var id = (await shard.RememberAsync("useful")).Id;
        var recall = RecallId.New(shard.Clock.GetUtcNow(), 5, 7);
        shard.Engine.NoteRecall(new RecallNote(recall, Key, [id]));
        var outcome = new RecallOutcome { Recall = recall, Reward = 1 };

        Assert.Null(await shard.Engine.RecordOutcomeAsync(outcome, new KeyId(Guid.Empty), default));
        Assert.Null(await shard.Engine.RecordOutcomeAsync(outcome with { Recall = RecallId.New(shard.Clock.GetUtcNow(), 6, 7) }, Key, default));

        Assert.NotNull(await shard.Engine.RecordOutcomeAsync(outcome, Key, default));
        Assert.Null(await shard.Engine.RecordOutcomeAsync(outcome, new KeyId(Guid.Empty), default));
        var stranger = outcome with { Used = [MemoryId.New(shard.Clock.GetUtcNow(), 1, 7)] };
        var fault = await Assert.ThrowsAsync<MemoryClusterException>(() => shard.Engine.RecordOutcomeAsync(stranger, Key, default));
        Assert.Equal("used_not_a_hit", fault.Code);
    }

    [Fact]
    public async Task List_IsNewestFirst_InPages()
    {
        await using var shard = await StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await shard.RememberAsync($"item {i}", MemoryKind.Event);
            shard.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var first = await shard.Engine.ListAsync(new MemoryListQuery { Limit = 3 }, Everything, default);
        var second = await shard.Engine.ListAsync(new MemoryListQuery { Limit = 3, Before = first.Items[^1].Id }, Everything, default);

        Assert.Equal(["item 4", "item 3", "item 2"], first.Items.Select(item => item.Text));
        Assert.Equal(["item 1", "item 0"], second.Items.Select(item => item.Text));
        Assert.Equal((true, false), (first.HasMore, second.HasMore));
    }

    [Fact]
    public async Task WhatAForgottenRunTaught_ComesTooLate()
    {
        await using var harness = await ShardHarness.StartAsync();
        var command = ShardHarness.Command("The pump leaks at night.");
        var taught = command with
        {
            Draft = command.Draft with { Run = new RunId("r-1"), Grant = new AdmissionGrant(Decision.Candidate, "gate", 0.5) },
        };

        await harness.Engine.CloseRunsAsync([new RunId("r-1")], default);
        await harness.ReopenAsync();
        var late = await harness.Engine.RememberAsync(taught, default);
        var other = await harness.Engine.RememberAsync(taught with { Draft = taught.Draft with { Run = new RunId("r-2") } }, default);

        Assert.Equal((Decision.Rejected, "run_forgotten"), (late.Decision, late.Reason));
        Assert.Equal((Decision.Candidate, "gate"), (other.Decision, other.Reason));
        Assert.Equal((MemoryState.Candidate, 0.5), ((await harness.GetAsync(other.Id))!.State, (await harness.GetAsync(other.Id))!.Utility.Weight));
    }
}
