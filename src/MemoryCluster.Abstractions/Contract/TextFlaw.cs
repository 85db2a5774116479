namespace MemoryCluster.Contract;

/// <summary>What makes a text unfit to be remembered and given to agents.</summary>
public enum TextFlaw
{
    None = 0,

    /// <summary>A NUL or another control character beside tab, line feed and carriage return.</summary>
    Control,

    /// <summary>Half of a surrogate pair.</summary>
    Surrogate,

    /// <summary>A code point that Unicode has not assigned, or never will.</summary>
    Unassigned,

    /// <summary>A character that shows nothing and hides or turns others: zero-width, direction control, tag.</summary>
    Invisible,

    /// <summary>More marks on one letter than any script needs.</summary>
    Combining,
}
