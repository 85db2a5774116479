using System.ComponentModel.DataAnnotations;

namespace MemoryCluster.Grains.Hosting;

/// <summary>The section "Replay" of the configuration: how patiently replays are asked for.</summary>
public sealed class ReplayOptions
{
    /// <summary>Replays that a team's controller has made at a time. Default 4, 1 to 64.</summary>
    [Range(1, 64)]
    public int ParallelPerTeam { get; set; } = 4;

    /// <summary>Attempts at each request of a replay before it is given up. Default 5, 1 to 10.</summary>
    [Range(1, 10)]
    public int AttemptsMax { get; set; } = 5;

    /// <summary>Pause before the second attempt; it doubles each time, and half of it is random. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause, also where a replayer's Retry-After asks for more. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RetryDelayMax { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The pause after an attempt.</summary>
    /// <param name="attempt">1 for the first.</param>
    /// <param name="asked">What the replayer asked for, where it did.</param>
    /// <param name="chance">From 0 to 1: replays that failed together do not come back together.</param>
    internal TimeSpan PauseAfter(int attempt, TimeSpan? asked, double chance)
    {
        var pause = asked ?? RetryDelay * (1 << (attempt - 1)) * (0.5 + (0.5 * chance));
        return pause < RetryDelayMax ? pause : RetryDelayMax;
    }
}
