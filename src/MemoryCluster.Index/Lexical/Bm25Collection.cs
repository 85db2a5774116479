namespace MemoryCluster.Index.Lexical;

/// <summary>What a search reads of the documents.</summary>
internal readonly ref struct Bm25Collection
{
    public required ReadOnlySpan<int> Ordinals { get; init; }

    public required ReadOnlySpan<float> Lengths { get; init; }

    public required ReadOnlySpan<TokenSpan> Spans { get; init; }

    public required ReadOnlySpan<PairSignature> Signatures { get; init; }

    public required TokenSequences Sequences { get; init; }

    public required PostingPool Pool { get; init; }

    public required Bm25Norm Norm { get; init; }

    /// <summary>The terms of a document's tokens, in order.</summary>
    public TokenSequences.TermReader Read(int slot) => Sequences.Read(Spans[slot]);
}
