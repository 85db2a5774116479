namespace MemoryCluster.LoadTests.Clients;

/// <summary>What the clients tell each other of a memory that was acknowledged, so that all of them read and change it.</summary>
internal sealed class KnownMemory(string key, string team, string id, MemoryContent content)
{
    private MemoryContent _content = content;
    private int _operations;

    public string Key { get; } = key;

    public string Team { get; } = team;

    public string Id { get; } = id;

    /// <summary>The latest that somebody was told; another may have changed it since.</summary>
    public MemoryContent Content => Volatile.Read(ref _content);

    /// <summary>Operations by id so far: a checker's search has a limit.</summary>
    public int Operations => Volatile.Read(ref _operations);

    public void Tell(MemoryContent content)
    {
        for (var known = Content; content.Version > known.Version;)
        {
            var before = Interlocked.CompareExchange(ref _content, content, known);
            if (before == known)
                return;
            known = before;
        }
    }

    public void CountOperation() => Interlocked.Increment(ref _operations);
}
