namespace MemoryCluster.Admission.Gate;

/// <summary>What a tool's name says about it before anybody has called it.</summary>
internal static class ToolVerbs
{
    private static readonly string[] Reading = ["get", "search", "list", "find", "read", "lookup", "query", "fetch", "show", "view", "browse", "retrieve"];

    private static readonly string[] Changing =
    [
        "update", "book", "cancel", "send", "create", "delete", "set", "write", "post", "put", "add", "remove", "modify", "pay", "transfer", "insert",
        "execute", "submit",
    ];

    public static bool IsReading(ReadOnlySpan<char> tool) => BeginsWith(tool, Reading);

    public static bool IsChanging(ReadOnlySpan<char> tool) => BeginsWith(tool, Changing);

    private static bool BeginsWith(ReadOnlySpan<char> tool, string[] verbs)
    {
        foreach (var verb in verbs)
        {
            // getUser and get_user begin with get, getaway does not.
            if (tool.StartsWith(verb, StringComparison.OrdinalIgnoreCase) && (tool.Length == verb.Length || !char.IsAsciiLetterLower(tool[verb.Length])))
            {
                return true;
            }
        }

        return false;
    }
}
