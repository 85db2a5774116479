using System.ComponentModel.DataAnnotations;

namespace MemoryCluster.Grains.Shards;

/// <summary>How a shard's grain keeps house.</summary>
public sealed class ShardOptions
{
    /// <summary>How often a shard does what may wait, give or take a quarter. Default 30 s, 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MaintenancePeriod { get; set; } = TimeSpan.FromSeconds(30);
}
