namespace MemoryCluster;

/// <summary>One memory's part in an outcome.</summary>
/// <param name="Id">The memory.</param>
/// <param name="Reward">The outcome's reward, 0 to 1.</param>
/// <param name="Credit">Its share, -1 to 1: of what the reward was above or below the team's average, or what replay has measured.</param>
/// <param name="Stage">The stage at which it was used, where one was named.</param>
/// <param name="ByReplay">Whether the share was measured by replay of the run without it.</param>
[GenerateSerializer, Immutable, Alias("mc.MemoryCredit")]
public readonly record struct MemoryCredit(
    [property: Id(0)] MemoryId Id,
    [property: Id(1)] double Reward,
    [property: Id(2)] double Credit,
    [property: Id(3)] string? Stage,
    [property: Id(4)] bool ByReplay = false);
