using MemoryCluster.Gateway.Problems;
using MemoryCluster.Gateway.Validation;

namespace MemoryCluster.Gateway.Access;

/// <summary>What a key is bound to wins over what a request says: it fills in what is left out, and a contradiction is refused.</summary>
internal static class Binding
{
    public static TeamId? Team(Principal principal, string? claimed, string field = "team") =>
        Resolve(principal.Team, claimed is null ? null : IdRule.Team(claimed, field), field);

    public static AgentId? Agent(Principal principal, string? claimed, string field = "agent") =>
        Resolve(principal.Agent, claimed is null ? null : IdRule.Agent(claimed, field), field);

    public static UserId? User(Principal principal, string? claimed, string field = "user") =>
        Resolve(principal.User, claimed is null ? null : IdRule.User(claimed, field), field);

    public static TeamId RequireTeam(Principal principal, string? claimed) => Team(principal, claimed) ?? throw Missing("team");

    public static AgentId RequireAgent(Principal principal, string? claimed) => Agent(principal, claimed) ?? throw Missing("agent");

    /// <summary>Refuses a key that is bound to anything: the act concerns the whole tenant.</summary>
    public static void RequireUnbound(Principal principal)
    {
        if (principal.Team is not null || principal.Agent is not null || principal.User is not null)
        {
            throw new RefusalException(
                Refusals.PrincipalMismatch, "This concerns the whole tenant: use a key that is bound to no team, agent or user.");
        }
    }

    private static T? Resolve<T>(T? bound, T? claimed, string field)
        where T : struct, IEquatable<T>
    {
        if (bound is { } binding && claimed is { } claim && !binding.Equals(claim))
        {
            throw new RefusalException(
                Refusals.PrincipalMismatch, $"The key is bound to another {field}: leave '{field}' out, or use a key that may speak for it.", field);
        }

        return bound ?? claimed;
    }

    private static RefusalException Missing(string field) =>
        new(Refusals.MemberMissing, $"Give '{field}', or use a key that is bound to one.", field);
}
