using System.ComponentModel.DataAnnotations;

namespace MemoryCluster.Grains.Hosting;

/// <summary>The section "Summaries" of the configuration: how much a shard asks of the language model that words its summaries.</summary>
public sealed class SummaryOptions
{
    /// <summary>Summaries that a shard has worded at each upkeep, one after another. Default 8, 0 to 1,000; 0 for none on this server.</summary>
    [Range(0, 1_000)]
    public int CallsPerUpkeep { get; set; } = 8;

    /// <summary>How long one may take with all its attempts. Default 2 min, 1 s to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a shard leaves a model alone that failed; it doubles each time, and half of it is random. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest that it does. Default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RetryDelayMax { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long to wait after so many failures in a row.</summary>
    /// <param name="failures">1 for the first.</param>
    /// <param name="chance">From 0 to 1: shards that failed together do not come back together.</param>
    internal TimeSpan PauseAfter(int failures, double chance)
    {
        var pause = RetryDelay * Math.Pow(2, Math.Min(failures - 1, 30)) * (0.5 + (0.5 * chance));
        return pause < RetryDelayMax ? pause : RetryDelayMax;
    }
}
