using MemoryCluster.Core.Tests.Recall;
using MemoryCluster.Diffusion;
using MemoryCluster.Forgetting;

namespace MemoryCluster.Core.Tests.Diffusion;

public sealed class DiffusionRulesTests
{
    private static readonly DiffusionPolicy Policy = new();
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TeamId Blue = new("blue");

    private static readonly MemoryRecord Proven = Memories.Numbered(1, "Ask Mia Li before you cancel the booking.") with
    {
        Kind = MemoryKind.Lesson, Visibility = Visibility.Shared, Utility = new MemoryUtility { Uses = 3, Weight = 1.2 },
    };

    [Fact]
    public void Offered_IsWhatIsProven_Shared_AndLearnedHere()
    {
        Assert.True(DiffusionRules.IsOffered(Proven, Policy, Now));
        Assert.False(DiffusionRules.IsOffered(Proven with { Visibility = Visibility.Team }, Policy, Now));
        Assert.False(DiffusionRules.IsOffered(Proven with { State = MemoryState.Candidate }, Policy, Now));
        Assert.False(DiffusionRules.IsOffered(Proven with { Kind = MemoryKind.Fact }, Policy, Now));
        Assert.False(DiffusionRules.IsOffered(Proven with { Utility = new MemoryUtility { Uses = 2, Weight = 2 } }, Policy, Now));
        Assert.False(DiffusionRules.IsOffered(Proven with { Utility = new MemoryUtility { Uses = 9, Weight = 1.1 } }, Policy, Now));
        Assert.False(DiffusionRules.IsOffered(Proven with { Diffusion = Origin(Proven.Team) }, Policy, Now));
        Assert.False(DiffusionRules.IsOffered(Proven with { Times = Proven.Times with { ExpiresAt = Now } }, Policy, Now));
    }

    [Fact]
    public void Withdrawn_IsWhatLostItsSource()
    {
        var entry = Entry(DiffusionStatus.Offered);

        Assert.Null(DiffusionRules.WithdrawalOf(entry, Proven, Now));
        Assert.Null(DiffusionRules.WithdrawalOf(entry, Proven with { Version = 2, Tags = ["new"] }, Now));
        Assert.Null(DiffusionRules.WithdrawalOf(entry, ForgettingRules.Archived(Proven, ForgettingRules.Faded, Now), Now));
        Assert.Equal("source_deleted", DiffusionRules.WithdrawalOf(entry, null, Now));
        Assert.Equal("source_failed", DiffusionRules.WithdrawalOf(entry, ForgettingRules.Archived(Proven, ForgettingRules.Pruned, Now), Now));
        Assert.Equal("source_failed", DiffusionRules.WithdrawalOf(entry, Proven with { State = MemoryState.Quarantined }, Now));
        Assert.Equal("source_withheld", DiffusionRules.WithdrawalOf(entry, Proven with { Visibility = Visibility.Team }, Now));
        Assert.Equal("source_withheld", DiffusionRules.WithdrawalOf(entry, Proven with { Times = Proven.Times with { ValidTo = Now } }, Now));
        Assert.Equal("source_changed", DiffusionRules.WithdrawalOf(entry, Proven with { Text = "Never cancel the booking by yourself." }, Now));
    }

    [Fact]
    public void Nearness_IsDomainAndLikeness_TimesWhatWasConfirmedBefore()
    {
        var like = new Nearness(0.9, 0.6);

        Assert.Equal(0.8, DiffusionRules.NearnessOf(true, like, 0.5), 12);
        Assert.Equal(0.3, DiffusionRules.NearnessOf(false, like, 0.5), 12);
        Assert.Equal(0.5, DiffusionRules.TransferTo(Blue, []));
        Assert.Equal(0.75, DiffusionRules.TransferTo(Blue, [Entry(DiffusionStatus.Confirmed), Entry(DiffusionStatus.Confirmed)]));
        Assert.Equal(0.25, DiffusionRules.TransferTo(Blue, [Entry(DiffusionStatus.Refuted), Entry(DiffusionStatus.Declined), Entry(DiffusionStatus.Offered)]));
        Assert.Equal(0.5, DiffusionRules.TransferTo(new TeamId("green"), [Entry(DiffusionStatus.Refuted)]));
    }

    [Fact]
    public void Considered_IsWhatIsNew_AndWhatWasRefusedLongAgo()
    {
        var general = GeneralForm.Of(Proven.Text)!.Hash;
        foreach (var status in Enum.GetValues<DiffusionStatus>().Where(status => status != DiffusionStatus.Unspecified))
        {
            var isOpen = status is DiffusionStatus.Withdrawn or DiffusionStatus.Duplicate;
            Assert.Equal(isOpen, DiffusionRules.MayConsider(Entry(status), general, Now));
        }

        Assert.True(DiffusionRules.MayConsider(null, general, Now));
        Assert.True(DiffusionRules.MayConsider(Entry(DiffusionStatus.Refused), Guid.Empty, Now));
        Assert.True(DiffusionRules.MayConsider(Entry(DiffusionStatus.Refused), general, Now + DiffusionRules.AskAgainAfter));
    }

    [Theory]
    [InlineData(1, 1, 0.4, 1, MemoryState.Candidate)]
    [InlineData(2, 2, 0.4, 1, MemoryState.Active)]
    [InlineData(1, 1, 0.4, 2, MemoryState.Active)]
    [InlineData(9, 2, -0.1, 2, MemoryState.Candidate)]
    public void Use_Confirms_SoonerWhereTwoTeamsSaySo(int uses, int successes, double credit, int provenances, MemoryState state)
    {
        var copy = Proven with
        {
            Team = Blue, State = MemoryState.Candidate, Diffusion = Origin(Proven.Team),
            Utility = new MemoryUtility { Uses = uses, Successes = successes, Credit = credit },
        };

        Assert.Equal(state, DiffusionRules.AfterUse(copy, provenances, Policy).State);
        Assert.Equal(MemoryState.Candidate, DiffusionRules.AfterUse(copy with { Diffusion = null }, provenances, Policy).State);
    }

    [Fact]
    public void Copies_OfOneTeam_CountOnce()
    {
        var table = new CopyTable();
        var (first, second, other) = (Copy(1, new TeamId("red")), Copy(2, new TeamId("red")), Copy(3, Blue));
        table.Add(first);
        table.Add(second);
        Assert.Equal(1, table.ProvenancesOf(Origin(Blue)));

        table.Add(other);
        Assert.Equal(2, table.ProvenancesOf(Origin(Blue)));
        Assert.Equal([second.Id, other.Id], table.After(first.Id));
        Assert.Equal([other.Id, second.Id, first.Id], table.NewestFirst);
        table.Remove(first);
        Assert.Equal(2, table.ProvenancesOf(Origin(Blue)));
        table.Remove(second);
        table.Remove(other);

        Assert.Equal(0, table.ProvenancesOf(Origin(Blue)));
        Assert.Equal(0, table.ProvenancesOf(null));
        Assert.Empty(table.After(default));
    }

    private static MemoryRecord Copy(int number, TeamId from) => Proven with { Id = new MemoryId(new Guid(number, 0, 0, new byte[8])), Diffusion = Origin(from) };

    private static DiffusionOrigin Origin(TeamId team) => new() { Source = Proven.Id, SourceVersion = 1, Team = team, General = GeneralForm.Of(Proven.Text)!.Hash };

    private static DiffusionEntry Entry(DiffusionStatus status) => new()
    {
        Source = Proven.Id, SourceVersion = 1, General = GeneralForm.Of(Proven.Text)!.Hash, To = Blue, Status = status, Reason = "", At = Now,
    };
}
