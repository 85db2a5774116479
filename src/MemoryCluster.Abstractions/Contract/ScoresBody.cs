namespace MemoryCluster.Contract;

/// <summary>What each channel made of a hit; absent where the channel did not find it.</summary>
public sealed record ScoresBody
{
    public float? Vector { get; init; }

    public float? Lexical { get; init; }

    public float? Graph { get; init; }

    public float? Temporal { get; init; }

    public float? Utility { get; init; }
}
