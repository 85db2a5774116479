using System.ComponentModel.DataAnnotations;

namespace MemoryCluster.Grains.Hosting;

/// <summary>When a team's shard becomes two. What is split stays split.</summary>
public sealed class PartitionOptions
{
    /// <summary>
    /// Memories of a shard above which it is split. Default 100,000; 0 for never. A shard opens in about 0.1 ms a memory where its indexes were saved and
    /// 0.4 ms where they were not, which is how long its part of a team is out of service after a crash; each recall asks every shard.
    /// </summary>
    [Range(0, 10_000_000)]
    public int MemoriesMax { get; set; } = 100_000;

    /// <summary>Writes a second of a shard, over an upkeep period, above which it is split. Default 2,000; 0 for never.</summary>
    [Range(0, 1_000_000)]
    public int WritesPerSecondMax { get; set; } = 2_000;

    /// <summary>Memories below which a shard is not split, however much is written: there is nothing to share out. Default 1,000.</summary>
    [Range(2, 10_000_000)]
    public int MemoriesMin { get; set; } = 1_000;

    /// <summary>Whether a shard has outgrown what it may have.</summary>
    public bool IsOutgrown(int memories, double writesPerSecond) =>
        (MemoriesMax > 0 && memories > MemoriesMax)
        || (WritesPerSecondMax > 0 && memories >= MemoriesMin && writesPerSecond > WritesPerSecondMax);
}
