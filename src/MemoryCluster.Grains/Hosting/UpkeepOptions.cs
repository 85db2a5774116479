using System.ComponentModel.DataAnnotations;

namespace MemoryCluster.Grains.Hosting;

/// <summary>How shards and directories keep house.</summary>
public sealed class UpkeepOptions
{
    /// <summary>How often each does what may wait, give or take a quarter. Default 30 s, 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(30);
}
