using System.ComponentModel.DataAnnotations;

namespace MemoryCluster.Grains.Hosting;

/// <summary>How shards and directories keep house.</summary>
public sealed class UpkeepOptions
{
    /// <summary>How often each does what may wait, give or take a quarter. Default 30 s, 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Texts that a shard embeds anew at a time when its model has changed. Default 64, which leaves callers their turns.</summary>
    [Range(1, 1_000)]
    public int EmbedTexts { get; set; } = 64;

    /// <summary>The pause after them. Default 50 ms: at most 1,280 texts a second and shard.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan EmbedPause { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Changed memories that a shard consolidates each time, so that upkeep stays short. Default 256; 0 for only when asked to.</summary>
    [Range(0, 10_000)]
    public int Consolidated { get; set; } = 256;

    /// <summary>Memories that a shard looks at each time for what has faded. Default 4,096, about a millisecond; 0 forgets nothing.</summary>
    [Range(0, 1_000_000)]
    public int Weighed { get; set; } = 4_096;
}
