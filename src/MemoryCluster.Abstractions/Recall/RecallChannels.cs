namespace MemoryCluster;

/// <summary>The ways in which candidates are found.</summary>
[Flags]
public enum RecallChannels
{
    None = 0,
    Vector = 1,
    Lexical = 2,
    All = Vector | Lexical,
}
