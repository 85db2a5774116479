namespace MemoryCluster;

/// <summary>The ways in which candidates are found.</summary>
[Flags]
public enum RecallChannels
{
    None = 0,
    Vector = 1,
    Lexical = 2,

    /// <summary>Turns beside those that BM25 finds in the same chat or log, and what names the same things as the first hits.</summary>
    Graph = 4,

    /// <summary>What happened, or tells of what happened, in the days that the query names.</summary>
    Temporal = 8,
    All = Vector | Lexical | Graph | Temporal,
}
