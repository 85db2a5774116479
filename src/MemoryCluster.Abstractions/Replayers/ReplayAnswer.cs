namespace MemoryCluster;

/// <summary>How a replay went.</summary>
/// <param name="Reward">0 to 1.</param>
/// <param name="Tokens">Tokens read and written.</param>
/// <param name="LatencyMs">Time taken, where it was measured.</param>
/// <param name="Version">What replayed: the model, or the version of the agent's code; null where that was not told.</param>
public sealed record ReplayAnswer(double Reward, long Tokens, double? LatencyMs, string? Version)
{
    /// <summary>Longest version, in characters: 128.</summary>
    public const int VersionCharsMax = 128;
}
