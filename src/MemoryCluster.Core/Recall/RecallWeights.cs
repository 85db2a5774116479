namespace MemoryCluster.Recall;

/// <summary>The few weights of ranking; one setting for all data.</summary>
internal static class RecallWeights
{
    public const float Vector = 0.3f;
    public const float Lexical = 1.0f;

    /// <summary>Candidates each channel offers to the fusion, at least.</summary>
    public const int ChannelDepthMin = 64;
}
