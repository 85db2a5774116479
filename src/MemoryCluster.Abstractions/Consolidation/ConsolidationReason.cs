namespace MemoryCluster;

/// <summary>Why consolidation moved a memory.</summary>
public enum ConsolidationReason
{
    Unspecified = 0,

    /// <summary>Another says the same, but for articles, inflection and sentence punctuation.</summary>
    SameStatement = 1,

    /// <summary>Advice of which another says every sentence already.</summary>
    Covered = 2,

    /// <summary>Advice that an insight over its family now says, together with the rest of the family.</summary>
    Abstracted = 3,

    /// <summary>A later fact says otherwise: it was true until then.</summary>
    Superseded = 4,

    /// <summary>Of an insight that misled: what it was made of stands for itself again.</summary>
    Dispelled = 5,
}
