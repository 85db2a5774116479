using System.ComponentModel.DataAnnotations;

namespace MemoryCluster.Grains.Agents;

/// <summary>How much one agent may write.</summary>
public sealed class AgentOptions
{
    /// <summary>Memories an agent may write per second in the long run. Default 5,000: past it one agent crowds out its shard's others.</summary>
    [Range(1, 1_000_000)]
    public int WritesPerSecond { get; set; } = 5_000;

    /// <summary>Memories an agent may write at once after a rest. Default 10,000: ten full batches.</summary>
    [Range(1, 10_000_000)]
    public int Burst { get; set; } = 10_000;
}
