namespace MemoryCluster;

/// <summary>Who can replay outside of the cluster.</summary>
/// <param name="Webhook">Calls what tenants have registered; null where this server calls nobody.</param>
/// <param name="Chat">Asks the language model; null where none is configured.</param>
public sealed record ReplayerSet(IReplayer? Webhook, IReplayer? Chat)
{
    /// <summary>The names of those that need no registration, <c>evidence</c> aside.</summary>
    public ImmutableArray<string> BuiltIn => Chat is null ? [] : [ReplayerNames.Chat];

    /// <summary>Who replays under a name; null where nobody does.</summary>
    public IReplayer? Find(string name) => name == ReplayerNames.Chat ? Chat : Webhook;
}
