namespace MemoryCluster.Embedders;

/// <summary>What a static model's file holds.</summary>
internal sealed record StaticModelParts
{
    /// <summary>Components that carry meaning, from the table of tokens. A multiple of four.</summary>
    public required int SemanticDimensions { get; init; }

    /// <summary>Components that carry the words themselves, by hashing. A multiple of four.</summary>
    public required int LexicalDimensions { get; init; }

    /// <summary>Characters of the longest token.</summary>
    public required int TokenCharsMax { get; init; }

    /// <summary>How much less a token counts that only says what the whole text says. 0 to 1.</summary>
    public required float ContextDiscount { get; init; }

    /// <summary>The part of the squared length that meaning takes. 0 to 1.</summary>
    public required float SemanticShare { get; init; }

    /// <summary>A hash a token.</summary>
    public required ulong[] Tokens { get; init; }

    /// <summary>One scale a token.</summary>
    public required float[] Scales { get; init; }

    /// <summary>Row by row, <see cref="SemanticDimensions"/> each.</summary>
    public required sbyte[] Rows { get; init; }

    /// <summary>The hash of each term whose weight is known.</summary>
    public required ulong[] Terms { get; init; }

    /// <summary>Weights of the terms, in 255ths.</summary>
    public required byte[] TermWeights { get; init; }
}
