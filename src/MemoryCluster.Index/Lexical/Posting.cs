namespace MemoryCluster.Index.Lexical;

/// <summary>That a term stands in the document of a slot, and how often.</summary>
internal readonly record struct Posting(int Slot, int Frequency);
