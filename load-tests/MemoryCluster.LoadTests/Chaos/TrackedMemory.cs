namespace MemoryCluster.LoadTests.Chaos;

/// <summary>What a writer knows of one memory: what the server must show for it, come what may.</summary>
internal sealed class TrackedMemory(string team, string agent, string token, string text)
{
    public string Team { get; } = team;

    public string Agent { get; } = agent;

    /// <summary>Begins the text and no other memory's; by it copies are found whatever their id.</summary>
    public string Token { get; } = token;

    public string Text { get; private set; } = text;

    public string? Id { get; private set; }

    public int Version { get; private set; }

    public MemoryFate Fate { get; private set; } = MemoryFate.Unknown;

    /// <summary>Whether its writer is in the middle of a call about it: nothing can be demanded of it then.</summary>
    public bool IsBusy { get; set; } = true;

    public void Acknowledge(string id, int version)
    {
        (Id, Version) = (id, version);
        Fate = MemoryFate.Live;
    }

    public void Change(string text, int version) => (Text, Version) = (text, version);

    public void Delete() => Fate = MemoryFate.Deleted;
}
