namespace MemoryCluster.Access;

/// <summary>
/// What one caller may see, against the access edges of one moment: Collaborative Memory's rule (arXiv 2505.18279, §3),
/// <c>A(m) ⊆ A(u) and R(m) ⊆ R(a) and (m shared or U(m) = u)</c>, with the tiers private, team and shared.
/// </summary>
/// <remarks>Fails closed: a user without edges calls no agent, an agent without edges uses no resource.</remarks>
public sealed class AccessView
{
    private readonly DirectorySnapshot _directory;
    private readonly ImmutableHashSet<AgentId> _callable;
    private readonly ImmutableHashSet<ResourceId> _usable;
    private readonly bool _callsOwnAgent;

    private AccessView(Caller caller, DirectorySnapshot directory)
    {
        Caller = caller;
        _directory = directory;
        _callable = caller.User is { } user ? directory.Callable.GetValueOrDefault(user, []) : [];
        _usable = caller.Agent is { } agent ? directory.Usable.GetValueOrDefault(agent, []) : [];
        _callsOwnAgent = caller.User is null || caller.Agent is not { } own || _callable.Contains(own);
    }

    public Caller Caller { get; }

    public static AccessView Of(Caller caller, DirectorySnapshot directory) => new(caller, directory);

    /// <summary>Whether the caller may see a memory with this label.</summary>
    public bool MaySee(TeamId team, Visibility visibility, Provenance provenance) =>
        Caller.IsOperator
        || (_callsOwnAgent && InReach(team, visibility, provenance) && AgentsCallable(provenance) && ResourcesUsable(provenance));

    public bool MaySee(MemoryRecord memory) => MaySee(memory.Team, memory.Visibility, memory.Provenance);

    private bool InReach(TeamId team, Visibility visibility, Provenance provenance) => visibility switch
    {
        Visibility.Private => OfTeam(team) && Caller.User is { } user && provenance.User == user,
        Visibility.Team => OfTeam(team),
        Visibility.Shared => true,
        Visibility.Unspecified => false,
        _ => throw new ArgumentOutOfRangeException(nameof(visibility), visibility, "A new visibility needs a rule here."),
    };

    // A key bound to an agent alone acts in the teams the agent belongs to; one bound to a user alone is narrowed by A(u).
    private bool OfTeam(TeamId team) =>
        Caller.Team is { } own
            ? own == team
            : Caller.Agent is not { } agent || (_directory.Teams.TryGetValue(team, out var record) && record.Agents.ContainsKey(agent));

    private bool AgentsCallable(Provenance provenance) => Caller.User is null || provenance.Agents.All(_callable.Contains);

    private bool ResourcesUsable(Provenance provenance) => provenance.Resources.All(_usable.Contains);
}
