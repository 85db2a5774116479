namespace MemoryCluster.Embedders;

/// <summary>A distinct word of a text: its stem, what it is worth, where its pieces lie, and how often it was met.</summary>
internal readonly record struct ReadWord(ulong Term, float Weight, int PiecesStart, int PiecesEnd, int Count);
