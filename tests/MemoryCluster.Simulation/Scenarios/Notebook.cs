namespace MemoryCluster.Simulations.Scenarios;

/// <summary>What the clients of a run know of one another's memories, so that they meet on the same ones.</summary>
internal sealed class Notebook
{
    private readonly List<(MemoryId Id, int Version, string? Text)> _memories = [];

    /// <summary>Texts said before, with who said them: what near-duplicates are made of.</summary>
    public List<(TeamId Team, AgentId Agent, MemoryDraft Draft)> Said { get; } = [];

    /// <summary>Consolidations that were told of.</summary>
    public List<(TeamId Team, ConsolidationId Id)> Consolidations { get; } = [];

    public bool IsEmpty => _memories.Count == 0;

    public IEnumerable<MemoryId> Ids => _memories.Select(memory => memory.Id).Distinct();

    public void Note(MemoryId id, int version, string? text) => _memories.Add((id, version, text));

    /// <summary>A memory and the version at which it was noted, mostly one of the last, for those are where clients collide.</summary>
    public (MemoryId Id, int Version, string? Text) Any(Random random)
    {
        var back = random.Next(3) == 0 ? random.Next(_memories.Count) : random.Next(Math.Min(6, _memories.Count));
        return _memories[^(1 + back)];
    }
}
