namespace MemoryCluster.Summaries;

/// <summary>Why what a model wrote is not taken. The names are the stored form.</summary>
public enum SummaryRefusal
{
    Unspecified = 0,

    /// <summary>It says nothing, or does not speak of more than half of its sources.</summary>
    Thin,

    /// <summary>It is longer than it may be, or than its sources, or broke off.</summary>
    TooLong,

    /// <summary>It holds characters that no memory may have.</summary>
    Characters,

    /// <summary>It names what no source names.</summary>
    Name,

    /// <summary>It quotes what no source says.</summary>
    Quotation,

    /// <summary>It has a number or a date that no source has, or of something else.</summary>
    Number,

    /// <summary>It denies or warns of what no source denies or warns of.</summary>
    Negation,

    /// <summary>It turns a source round.</summary>
    Contradiction,
}
