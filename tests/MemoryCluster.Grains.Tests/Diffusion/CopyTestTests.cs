namespace MemoryCluster.Grains.Tests.Diffusion;

/// <summary>What a team offers meets the runs of the other one, through both teams' grains.</summary>
public sealed class CopyTestTests
{
    private const string Lesson = "Basic tickets are refunded within 24 hours of the booking.";

    private static readonly AgentId Scout = new("scout");
    private static readonly AgentId Mason = new("mason");
    private static readonly TeamId Red = new("red");
    private static readonly TeamId Blue = new("blue");
    private static readonly Caller Operator = new() { Tenant = TestCluster.Tenant, Key = default };

    [Fact]
    public async Task OwnRuns_ConfirmACopy_TheLedgerSaysSo_AndTheCertificateHolds()
    {
        await using var cluster = await StartAsync();
        var copy = await OfferedAsync(cluster);
        for (var run = 0; run < 30; run++)
        {
            await SubmitAsync(cluster, run, "Basic tickets are refunded within 48 hours of the booking.");
        }

        Assert.Equal(1, await cluster.ControllerOf(Blue).TestCopiesAsync(default));
        await LedgerOf(cluster, Red).RunAsync(mayOffer: false, default);

        var memory = (await cluster.Memories.GetAsync(copy, Operator, default))!;
        Assert.Equal((MemoryState.Active, "confirmed_by_replay"), (memory.State, memory.Reason));
        var entry = Assert.Single(await LedgerOf(cluster, Red).ListAsync(Operator, 10, default)).Entry;
        Assert.Equal((DiffusionStatus.Confirmed, "confirmed_by_replay"), (entry.Status, entry.Reason));
        Assert.True((await cluster.ControllerOf(Blue).CertifyAsync(copy, default))!.Holds);
        Assert.Equal(0, await cluster.ControllerOf(Blue).TestCopiesAsync(default));
    }

    [Fact]
    public async Task OwnRunsThatContradictACopy_WithholdIt_AndTheLedgerSaysSo()
    {
        await using var cluster = await StartAsync();
        var copy = await OfferedAsync(cluster);
        for (var run = 0; run < 20; run++)
        {
            await SubmitAsync(cluster, run, "Basic tickets are not refunded within hours of the booking.");
        }

        await LedgerOf(cluster, Blue).RunAsync(mayOffer: false, default);
        await LedgerOf(cluster, Red).RunAsync(mayOffer: false, default);

        Assert.Equal(MemoryState.Quarantined, (await cluster.Memories.GetAsync(copy, Operator, default))!.State);
        var entry = Assert.Single(await LedgerOf(cluster, Red).ListAsync(Operator, 10, default)).Entry;
        Assert.Equal((DiffusionStatus.Refuted, "replay_hurts"), (entry.Status, entry.Reason));
    }

    [Fact]
    public async Task DeletedSource_TakesWhatTheOtherControllerKept()
    {
        await using var cluster = await StartAsync();
        var copy = await OfferedAsync(cluster);
        await SubmitAsync(cluster, 1, "Basic tickets are refunded within 48 hours of the booking.");
        await cluster.ControllerOf(Blue).TestCopiesAsync(default);
        Assert.NotNull(await cluster.ControllerOf(Blue).CertifyAsync(copy, default));
        var source = Assert.Single(await LedgerOf(cluster, Red).ListAsync(Operator, 10, default)).Entry.Source;

        await cluster.Memories.DeleteAsync(new DeleteCommand(source, CascadeDerived: false, null), Operator, default);

        Assert.Null(await cluster.ControllerOf(Blue).CertifyAsync(copy, default));
        Assert.Null(await cluster.Memories.GetAsync(copy, Operator, default));
    }

    private static async Task<TestCluster> StartAsync()
    {
        var cluster = await TestCluster.StartAsync();
        await cluster.PutTeamAsync(Red, Scout);
        await cluster.PutTeamAsync(Blue, Mason);
        await cluster.Directory.PutTeamAsync(Blue, "ops", null, default);
        return cluster;
    }

    private static async Task<MemoryId> OfferedAsync(TestCluster cluster)
    {
        var written = await cluster.RememberAsync(Red, Scout, TestCluster.Draft(Lesson, Visibility.Shared) with { Kind = MemoryKind.Lesson });
        for (var use = 0; use < 3; use++)
        {
            var caller = TestCluster.CallerOf(Red, Scout);
            var answer = await cluster.RecallAsync(caller, Lesson);
            await cluster.TeamOf(Red).RecordOutcomeAsync(caller, new RecallOutcome { Recall = answer.Id, Reward = 1, Used = [written.Id] }, default);
        }

        var offer = Assert.Single((await LedgerOf(cluster, Red).RunAsync(mayOffer: true, default)).Changed);
        Assert.Equal(DiffusionStatus.Offered, offer.Status);
        return offer.Copy!.Value;
    }

    private static Task<RunReport> SubmitAsync(TestCluster cluster, int number, string found) => cluster.ControllerOf(Blue).SubmitRunAsync(
        new RunDraft
        {
            Agent = Mason, Task = $"Ticket {number}", Input = "", Outcome = new RunOutcome { Reward = 1 }, WrittenBy = default,
            Steps = [new RunStep { Agent = Mason, Summary = "When are basic tickets refunded after the booking?", Output = found }],
        },
        null,
        default);

    private static IDiffusionGrain LedgerOf(TestCluster cluster, TeamId team) => cluster.Grains.GetGrain<IDiffusionGrain>(GrainKey.Of(TestCluster.Tenant, team));
}
