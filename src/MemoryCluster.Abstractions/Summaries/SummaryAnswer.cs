namespace MemoryCluster;

/// <summary>What a model wrote.</summary>
/// <param name="Text">The summary.</param>
/// <param name="Model">Which model wrote it.</param>
/// <param name="IsWhole">Whether it came to an end; else it broke off where it had to.</param>
public sealed record SummaryAnswer(string Text, string Model, bool IsWhole)
{
    /// <summary>Characters that are kept of a model's name: 128.</summary>
    public const int ModelCharsMax = 128;
}
