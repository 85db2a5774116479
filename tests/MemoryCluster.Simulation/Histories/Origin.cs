namespace MemoryCluster.Simulations.Histories;

/// <summary>What nothing may change of a memory: who it comes from.</summary>
internal sealed record Origin(TeamId Team, AgentId Agent, UserId? User, RunId? Run, ImmutableArray<ResourceId> Resources)
{
    public bool Equals(Origin? other) =>
        other is not null && Team == other.Team && Agent == other.Agent && User == other.User && Run == other.Run
        && Resources.SequenceEqual(other.Resources);

    public override int GetHashCode() => HashCode.Combine(Team, Agent, User, Run, Resources.Length);

    public override string ToString() => $"{Team}/{Agent} for {User?.Value ?? "nobody"} in {Run?.Value ?? "no run"} with [{string.Join(' ', Resources)}]";
}
