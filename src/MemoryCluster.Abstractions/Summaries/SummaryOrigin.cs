namespace MemoryCluster;

/// <summary>Where the words of a summary come from.</summary>
public enum SummaryOrigin
{
    Unspecified = 0,

    /// <summary>Sentences of its sources, each once.</summary>
    Extracted,

    /// <summary>A language model's, borne out by its sources.</summary>
    Written,
}
