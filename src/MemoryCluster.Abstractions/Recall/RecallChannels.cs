namespace MemoryCluster;

/// <summary>The ways in which candidates are found.</summary>
[Flags]
public enum RecallChannels
{
    None = 0,
    Vector = 1,
    Lexical = 2,

    /// <summary>Turns beside those that BM25 finds in the same chat or log.</summary>
    Graph = 4,
    All = Vector | Lexical | Graph,
}
