namespace MemoryCluster.Access;

/// <summary>How a team's shards change: one at a time becomes two.</summary>
internal static class PartitionLayout
{
    // Every recall asks each of them: past that another team serves its users better than another shard.
    private const int PartitionsMax = 64;

    /// <summary>The team with a split of that shard begun, or begun anew with new shards; null where none can be.</summary>
    public static TeamRecord? Begin(TeamRecord team, int partition, long epoch)
    {
        var at = IndexOf(team, partition);
        if (at < 0 || (team.Split is { } under && (under.Source != partition || under.Epoch > epoch)))
        {
            return null;
        }

        var from = team.Ranges[at].From;
        var end = at + 1 < team.Ranges.Length ? team.Ranges[at + 1].From : 1L + uint.MaxValue;
        if (end - from < 2 || team.Ranges.Length >= PartitionsMax)
        {
            return null;
        }

        var middle = (uint)(from + ((end - from) / 2));
        return team with
        {
            Split = new PartitionSplit(partition, team.NextPartition, team.NextPartition + 1, middle, epoch),
            Retired = team.Split is { } before ? [.. team.Retired, before.Lower, before.Upper] : team.Retired,
            NextPartition = team.NextPartition + 2,
        };
    }

    /// <summary>The team without the split that an earlier owner of a shard began; null where there is none.</summary>
    public static TeamRecord? Abandon(TeamRecord team, int partition, long epoch) =>
        team.Split is { } split && split.Source == partition && split.Epoch < epoch
            ? team with { Split = null, Retired = [.. team.Retired, split.Lower, split.Upper] }
            : null;

    /// <summary>The team with its split completed; null where that is not the split under way.</summary>
    public static TeamRecord? Complete(TeamRecord team, PartitionSplit split)
    {
        if (team.Split != split)
        {
            return null;
        }

        var at = IndexOf(team, split.Source);
        return team with
        {
            Ranges =
            [
                .. team.Ranges[..at],
                new PartitionRange(split.Lower, team.Ranges[at].From),
                new PartitionRange(split.Upper, split.Middle),
                .. team.Ranges[(at + 1)..],
            ],
            Split = null,
            Retired = [.. team.Retired, split.Source],
        };
    }

    private static int IndexOf(TeamRecord team, int partition)
    {
        for (var i = 0; i < team.Ranges.Length; i++)
        {
            if (team.Ranges[i].Partition == partition)
            {
                return i;
            }
        }

        return -1;
    }
}
