using System.Globalization;
using MemoryCluster.Controller;
using MemoryCluster.Core.Tests.Admission.Runs;

namespace MemoryCluster.Core.Tests.Controller;

public sealed class CopyTests : IAsyncLifetime
{
    private const string General = "Basic tickets are refunded within <NUMBER> hours of the booking.";

    private static readonly DirectorySnapshot Nobody = new() { Version = 0 };

    private ControllerHarness _harness = null!;

    public async Task InitializeAsync() => _harness = await ControllerHarness.StartAsync();

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    public async Task CopyThatAnswersWhatOwnRunsFoundOut_IsConfirmed_Once()
    {
        var copy = Copy(General);
        var told = new List<ControllerEffect>();
        for (var run = 0; run < 30; run++)
        {
            await AskAsync("Basic tickets are refunded within 24 hours of the booking.");
            await TestAsync(copy);
            told.AddRange(await SettleAsync());
        }

        var settle = Assert.IsType<ControllerEffect.Settle>(Assert.Single(told));
        Assert.Equal((copy.Id, Decision.Admitted, "confirmed_by_replay"), (settle.Memory, settle.Grant.Decision, settle.Grant.Reason));
        Assert.InRange(settle.Grant.Weight, 1.02, 2);
    }

    [Fact]
    public async Task CopyThatContradictsWhatOwnRunsFoundOut_IsWithheld()
    {
        var copy = Copy("Basic tickets are not refunded within hours of the booking.");
        var told = new List<ControllerEffect>();
        for (var run = 0; run < 20 && told.Count == 0; run++)
        {
            await AskAsync("Basic tickets are refunded within 24 hours of the booking.");
            await TestAsync(copy);
            told.AddRange(await SettleAsync());
        }

        var grant = Assert.IsType<ControllerEffect.Settle>(Assert.Single(told)).Grant;
        Assert.Equal((Decision.Quarantined, "replay_hurts"), (grant.Decision, grant.Reason));
    }

    [Fact]
    public async Task CopyThatIsAskedForNowhere_StaysACandidate_AndRunsAreReadOnce()
    {
        for (var run = 0; run < 10; run++)
        {
            await AskAsync("Basic tickets are refunded within 24 hours of the booking.");
        }

        await TestAsync(Copy("Roses want sun and much water."));
        var seq = await TestAsync(Copy("Roses want sun and much water."));

        Assert.Equal(0, seq);
        Assert.Empty(_harness.Engine.PendingEffects(10).OfType<ControllerEffect.Settle>());
    }

    [Fact]
    public async Task Decision_SurvivesACrash_AndIsToldAgainUnderTheSameName()
    {
        var copy = Copy(General);
        for (var run = 0; run < 30; run++)
        {
            await AskAsync("Basic tickets are refunded within 24 hours of the booking.");
        }

        await TestAsync(copy);
        var told = Settles();
        await _harness.ReopenAsync();
        var again = Settles();
        await _harness.CarryOutAsync();
        await _harness.ReopenAsync();

        Assert.Equal(Assert.Single(told).Operation, Assert.Single(again).Operation);
        Assert.Empty(Settles());
    }

    [Fact]
    public async Task CopyThatIsGone_LeavesNothing()
    {
        var copy = Copy(General);
        await AskAsync("Basic tickets are refunded within 24 hours of the booking.");
        await TestAsync(copy);
        Assert.Equal(copy.Id, Assert.Single(_harness.Engine.KnownCopies));
        Assert.NotNull(await _harness.Engine.CertifyCopyAsync(copy, default));

        await _harness.Engine.EraseSourcesAsync([copy.Id], default);
        await _harness.ReopenAsync();

        Assert.Empty(_harness.Engine.KnownCopies);
        Assert.Null(await _harness.Engine.CertifyCopyAsync(copy, default));
    }

    [Fact]
    public async Task Certificate_HoldsWhenRunAgain_AlsoAfterACrash()
    {
        var copy = Copy(General);
        for (var run = 0; run < 3; run++)
        {
            await AskAsync("Basic tickets are refunded within 24 hours of the booking.");
        }

        await TestAsync(copy);
        await _harness.ReopenAsync();
        var check = (await _harness.Engine.CertifyCopyAsync(copy, default))!;

        Assert.True(check.Holds);
        Assert.Equal((3, 3), (check.Replayed, check.Decision.Replays.Length));
        Assert.Equal(copy.Id, check.Decision.Memory);
    }

    [Fact]
    public async Task CopyThatARunsAgentMayNotSee_IsNotReplayedOnIt()
    {
        await AskAsync("Basic tickets are refunded within 24 hours of the booking.");
        var copy = Copy(General);

        await TestAsync(copy with { Provenance = copy.Provenance with { Resources = [new ResourceId("ledger")] } });

        Assert.Null(await _harness.Engine.CertifyCopyAsync(copy, default));
    }

    [Fact]
    public async Task ReplaysOfCopies_CountInTheDaysBudget()
    {
        await _harness.Engine.SetPolicyAsync(new TeamPolicy { ReplaysPerDay = 4 }, default);
        var copy = Copy(General);
        for (var run = 0; run < 8; run++)
        {
            await AskAsync("Basic tickets are refunded within 24 hours of the booking.");
        }

        await TestAsync(copy);
        var today = (await _harness.Engine.CertifyCopyAsync(copy, default))?.Decision.Replays.Length ?? 0;
        _harness.Clock.Advance(TimeSpan.FromDays(1));
        await TestAsync(copy);
        var tomorrow = (await _harness.Engine.CertifyCopyAsync(copy, default))!.Decision.Replays.Length;

        Assert.InRange(today, 0, 3);
        Assert.Equal(today + 4, tomorrow);
    }

    private async Task AskAsync(string found)
    {
        var number = _harness.Engine.View.Runs.ToString(CultureInfo.InvariantCulture);
        await _harness.SubmitAsync(Runs.Of($"Ticket {number}", 1, Runs.Step("When are basic tickets refunded after the booking?", found)));
    }

    private Task<int> TestAsync(MemoryRecord copy) => _harness.Engine.TestCopiesAsync([copy], isLast: true, Nobody, default);

    private ControllerEffect[] Settles() => [.. _harness.Engine.PendingEffects(100).Where(effect => effect is ControllerEffect.Settle)];

    private async Task<IEnumerable<ControllerEffect>> SettleAsync() => (await _harness.CarryOutAsync()).Where(effect => effect is ControllerEffect.Settle);

    private static MemoryRecord Copy(string text)
    {
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return new MemoryRecord
        {
            Id = MemoryId.New(at, 99, 7), Version = 1, Seq = 1, Team = ControllerHarness.Team, Kind = MemoryKind.Lesson, Visibility = Visibility.Team,
            State = MemoryState.Candidate, Text = text, Provenance = new Provenance { Agents = [new AgentId("other")] },
            Times = new MemoryTimes { CreatedAt = at, UpdatedAt = at }, Utility = new MemoryUtility { Weight = 0.6 },
            Diffusion = new DiffusionOrigin
            {
                Source = MemoryId.New(at, 98, 8), SourceVersion = 1, Team = new TeamId("blue"), General = new Guid(5, 0, 0, new byte[8]),
            },
        };
    }
}
