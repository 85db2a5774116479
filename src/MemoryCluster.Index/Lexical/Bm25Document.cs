namespace MemoryCluster.Index.Lexical;

/// <summary>What a slot holds: the caller's ordinal, the length in terms, and the terms, by which a removal finds its postings.</summary>
internal readonly record struct Bm25Document(int Ordinal, int Length, PostingList[] Terms);
