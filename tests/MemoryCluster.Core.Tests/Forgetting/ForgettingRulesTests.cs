using MemoryCluster.Core.Tests.Recall;
using MemoryCluster.Forgetting;

namespace MemoryCluster.Core.Tests.Forgetting;

public sealed class ForgettingRulesTests
{
    private static readonly ForgettingPolicy Policy = new() { UnitDays = 10 };

    [Fact]
    public void Strength_GrowsWithUses_Confirmations_Weight_AndTrust()
    {
        var plain = Memories.Numbered(1);

        Assert.Equal(2, ForgettingRules.Strength(plain), 12);
        Assert.Equal(2 + (2 * Math.Log(4)), ForgettingRules.Strength(plain with { Utility = new MemoryUtility { Uses = 3 } }), 12);
        Assert.Equal(2 + Math.Log(4), ForgettingRules.Strength(plain with { Utility = new MemoryUtility { Confirmations = 3 } }), 12);
        Assert.Equal(2.75, ForgettingRules.Strength(plain with { Utility = new MemoryUtility { Weight = 2 } }), 12);
        Assert.Equal(2.25, ForgettingRules.Strength(plain with { Trust = 1 }), 12);
    }

    [Fact]
    public void Retention_FallsByTheTeamsUnit_FromTheLastTouch()
    {
        var memory = Memories.Numbered(1);
        var now = DateTimeOffset.UnixEpoch.AddDays(20);

        Assert.Equal(Math.Exp(-1), ForgettingRules.Retention(memory, Policy, now), 12);
        Assert.Equal(Math.Exp(-0.5), ForgettingRules.Retention(memory, Policy with { UnitDays = 20 }, now), 12);
        Assert.Equal(1, ForgettingRules.Retention(memory, Policy, DateTimeOffset.UnixEpoch.AddDays(-1)));
        var confirmed = memory with { Evidence = [new MemoryEvidence { Agent = new AgentId("a"), At = now }] };
        Assert.Equal(1, ForgettingRules.Retention(confirmed, Policy, now));
        Assert.Equal(1, ForgettingRules.Retention(memory with { Utility = new MemoryUtility { LastUsedAt = now } }, Policy, now));
    }

    [Theory]
    [InlineData(0.81, MemoryZone.Active)]
    [InlineData(0.8, MemoryZone.Warm)]
    [InlineData(0.5, MemoryZone.Cold)]
    [InlineData(0.2, MemoryZone.Archived)]
    public void Zones_ChangeAtTheirThresholds(double retention, MemoryZone zone) => Assert.Equal(zone, ForgettingRules.ZoneOf(retention, Policy));

    [Fact]
    public void NothingIsArchivedByFading_WhereTheThresholdIs0() =>
        Assert.Equal(MemoryZone.Cold, ForgettingRules.ZoneOf(0, Policy with { ArchiveBelow = 0 }));

    [Theory]
    [InlineData(MemoryState.Active)]
    [InlineData(MemoryState.Candidate)]
    public void Reviving_RestoresTheStateBefore(MemoryState state)
    {
        var memory = Memories.Numbered(1) with { State = state };

        var archived = ForgettingRules.Archived(memory, ForgettingRules.Faded, DateTimeOffset.UnixEpoch);

        Assert.False(ForgettingRules.MayFade(archived, Policy));
        Assert.Equal(memory, ForgettingRules.Revived(archived));
        Assert.Equal(memory, ForgettingRules.Revived(memory));
    }
}
