using MemoryCluster.Simulations.Histories;

namespace MemoryCluster.Simulations.Checking;

/// <summary>
/// Collaborative Memory's set of what agent a, serving user u, may see (arXiv 2505.18279, §3), written down from the paper:
/// <c>M(u,a,t) = { m : A(m) ⊆ A(u,t) and R(m) ⊆ R(a,t) and (m shared or U(m) = u) }</c>.
/// </summary>
/// <remarks>
/// The project's three tiers refine "shared": to the user, to the team, to all teams. A caller without a user is not narrowed by a user's
/// edges, one without an agent has no resources, and a user who may not call the agent it comes through sees nothing.
/// </remarks>
internal static class AccessModel
{
    public static bool Allows(
        Caller caller, Sighting memory, IReadOnlySet<AccessEdge> edges, ImmutableDictionary<TeamId, ImmutableHashSet<AgentId>> members)
    {
        if (caller.Team is null && caller.Agent is null && caller.User is null)
        {
            return true;
        }

        var agentsOfMemory = memory.OtherAgents.Prepend(memory.Origin.Agent).ToHashSet();
        var resourcesOfMemory = memory.Origin.Resources.ToHashSet();
        var usable = edges.OfType<AccessEdge.AgentResource>().Where(edge => edge.Agent == caller.Agent).Select(edge => edge.Resource).ToHashSet();
        var teams = caller.Team is { } team ? [team]
            : caller.Agent is { } agent ? members.Where(pair => pair.Value.Contains(agent)).Select(pair => pair.Key).ToHashSet()
            : members.Keys.ToHashSet();
        var isReached = memory.Wording.Visibility == Visibility.Shared
            || (memory.Wording.Visibility == Visibility.Team && teams.Contains(memory.Origin.Team))
            || (memory.Wording.Visibility == Visibility.Private && teams.Contains(memory.Origin.Team)
                && caller.User is not null && memory.Origin.User == caller.User);
        return isReached && resourcesOfMemory.IsSubsetOf(usable) && UserAllows(caller, agentsOfMemory, edges);
    }

    private static bool UserAllows(Caller caller, HashSet<AgentId> agentsOfMemory, IReadOnlySet<AccessEdge> edges)
    {
        if (caller.User is not { } user)
        {
            return true;
        }

        var callable = edges.OfType<AccessEdge.UserAgent>().Where(edge => edge.User == user).Select(edge => edge.Agent).ToHashSet();
        return (caller.Agent is not { } own || callable.Contains(own)) && agentsOfMemory.IsSubsetOf(callable);
    }
}
