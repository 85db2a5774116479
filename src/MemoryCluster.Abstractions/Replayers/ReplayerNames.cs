namespace MemoryCluster;

/// <summary>The replayers that need no registration.</summary>
public static class ReplayerNames
{
    /// <summary>Built in: reads the runs' own records.</summary>
    public const string Evidence = "evidence";

    /// <summary>The language model that the server is configured with, where it is.</summary>
    public const string Chat = "chat";

    /// <summary>Whether nobody may register under this name, in any case.</summary>
    public static bool IsReserved(string name) =>
        string.Equals(name, Evidence, StringComparison.OrdinalIgnoreCase) || string.Equals(name, Chat, StringComparison.OrdinalIgnoreCase);
}
