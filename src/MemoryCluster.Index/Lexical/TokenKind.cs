namespace MemoryCluster.Index.Lexical;

/// <summary>What a token is made of.</summary>
public enum TokenKind
{
    Unspecified = 0,

    /// <summary>Letters, with digits among them or not.</summary>
    Word,

    /// <summary>Decimal digits only.</summary>
    Number,

    /// <summary>One character of a script written without spaces, or two neighbours of one.</summary>
    Ideograph,
}
