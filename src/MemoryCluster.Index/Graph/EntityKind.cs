namespace MemoryCluster.Index.Graph;

/// <summary>What a named thing looks like.</summary>
public enum EntityKind
{
    Unspecified = 0,

    /// <summary>Capitalised words: people, places, works, months.</summary>
    Name,

    /// <summary>A term in quotation marks.</summary>
    Quotation,

    /// <summary>Two digits or more: years, amounts, versions.</summary>
    Number,

    /// <summary>A name as code writes it.</summary>
    Identifier,
}
