using MemoryCluster.Access;

namespace MemoryCluster.Core.Tests.Access;

public sealed class PartitionLayoutTests
{
    private static readonly TeamRecord Team = new() { Id = new TeamId("red"), Number = 1, Domain = "ops", CreatedAt = DateTimeOffset.UnixEpoch };

    [Fact]
    public void NewTeam_HasOneShard_WithEveryPlacement()
    {
        Assert.Equal(0, Team.PartitionOf(0));
        Assert.Equal(0, Team.PartitionOf(uint.MaxValue));
        Assert.True(Team.Serves(0));
    }

    [Fact]
    public void Split_HalvesTheRange_AndRetiresTheShard()
    {
        var begun = PartitionLayout.Begin(Team, partition: 0, epoch: 5)!;
        var done = PartitionLayout.Complete(begun, begun.Split!)!;

        Assert.True(begun.Serves(0));
        Assert.Equal([new PartitionRange(1, 0), new PartitionRange(2, 0x8000_0000)], done.Ranges.AsEnumerable());
        Assert.Equal((1, 2, 2), (done.PartitionOf(0x7FFF_FFFF), done.PartitionOf(0x8000_0000), done.PartitionOf(uint.MaxValue)));
        Assert.Equal([0], done.Retired.AsEnumerable());
        Assert.Null(done.Split);
    }

    [Fact]
    public void EveryAttempt_GetsShardsOfItsOwn_AndEndsTheOneBefore()
    {
        var first = PartitionLayout.Begin(Team, 0, epoch: 5)!;
        var again = PartitionLayout.Begin(first, 0, epoch: 5)!;
        var later = PartitionLayout.Begin(again, 0, epoch: 9)!;

        Assert.Equal((5, 6), (later.Split!.Lower, later.Split.Upper));
        Assert.Equal([1, 2, 3, 4], later.Retired.AsEnumerable());
        Assert.Null(PartitionLayout.Complete(later, first.Split!));
        Assert.Null(PartitionLayout.Complete(later, again.Split!));
    }

    [Fact]
    public void OwnerThatWasReplaced_BeginsNothing_AndCompletesNothing()
    {
        var begun = PartitionLayout.Begin(Team, 0, epoch: 5)!;

        var abandoned = PartitionLayout.Abandon(begun, 0, epoch: 6)!;

        Assert.Null(PartitionLayout.Complete(abandoned, begun.Split!));
        Assert.Null(PartitionLayout.Begin(PartitionLayout.Begin(abandoned, 0, epoch: 6)!, 0, epoch: 5));
        Assert.Equal([1, 2], abandoned.Retired.AsEnumerable());
    }

    [Fact]
    public void OwnSplit_IsNotAbandoned()
    {
        var begun = PartitionLayout.Begin(Team, 0, epoch: 5)!;

        Assert.Null(PartitionLayout.Abandon(begun, 0, epoch: 5));
        Assert.Null(PartitionLayout.Abandon(begun, partition: 1, epoch: 9));
    }

    [Fact]
    public void OnlyOneShardOfATeam_IsSplitAtATime()
    {
        var begun = PartitionLayout.Begin(Team, 0, epoch: 5)!;
        var two = PartitionLayout.Complete(begun, begun.Split!)!;
        var under = PartitionLayout.Begin(two, partition: 1, epoch: 1)!;

        Assert.Null(PartitionLayout.Begin(under, partition: 2, epoch: 9));
        Assert.Null(PartitionLayout.Begin(two, partition: 0, epoch: 9));
    }

    [Fact]
    public void RandomSplits_KeepEveryPlacementInOneShard()
    {
        var random = new Random(3);
        var team = Team;
        while (PartitionLayout.Begin(team, team.Ranges[random.Next(team.Ranges.Length)].Partition, epoch: 1) is { } begun)
        {
            team = PartitionLayout.Complete(begun, begun.Split!)!;
            Assert.Equal(0u, team.Ranges[0].From);
            Assert.Equal(team.Ranges.Select(range => range.From).Order().Distinct(), team.Ranges.Select(range => range.From));
            Assert.Equal(team.Ranges.Length, team.Ranges.Select(range => range.Partition).Distinct().Count());
            Assert.All(team.Ranges, range => Assert.Equal(range.Partition, team.PartitionOf(range.From)));
        }

        Assert.Equal(64, team.Ranges.Length);
    }
}
