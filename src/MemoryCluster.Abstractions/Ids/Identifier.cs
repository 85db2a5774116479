namespace MemoryCluster;

/// <summary>The rule that every caller-chosen id obeys: 1 to 128 characters of <c>A-Z a-z 0-9 . _ - @ :</c>, not <c>.</c> or <c>..</c>.</summary>
public static class Identifier
{
    /// <summary>Longest id, in characters: 128.</summary>
    public const int LengthMax = 128;

    private static readonly string[] Reserved = ["admin", "system", "null", "default"];

    /// <summary>Whether <paramref name="text"/> may be an id of a team, agent, user, run or resource.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > LengthMax || text is "." or "..")
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!(char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '@' or ':'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether <paramref name="text"/> is a name that the product keeps for itself, in any case: admin, system, null, default.</summary>
    public static bool IsReserved(ReadOnlySpan<char> text)
    {
        foreach (var name in Reserved)
        {
            if (text.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
