using System.ComponentModel.DataAnnotations;

namespace MemoryCluster.Grains.Recall;

/// <summary>How long a recall waits, and how far it looks.</summary>
public sealed class RecallOptions
{
    /// <summary>How long a shard may take; an answer without it is partial. Default 800 ms: what an agent's turn hides.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan ShardDeadline { get; set; } = TimeSpan.FromMilliseconds(800);

    /// <summary>Other teams that are asked for what they share; an answer that leaves some out is partial. Default 16.</summary>
    [Range(0, 1_000)]
    public int ForeignTeamsMax { get; set; } = 16;
}
