using MemoryCluster.Gateway.Access;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;
using MemoryCluster.Gateway.Validation;

namespace MemoryCluster.Gateway.Resources;

/// <summary>Agents in teams.</summary>
internal static class AgentsApi
{
    private const int RoleCharsMax = 128;

    public static IEnumerable<MappedRoute> Routes { get; } =
    [
        new(new()
        {
            Method = "PUT", Pattern = "/api/v1/teams/{team}/agents/{agent}", Tag = "Teams", Scope = KeyScopes.Admin,
            Summary = "Puts an agent into a team, or changes its role",
            Body = typeof(PutAgentRequest), BodyOptional = true, Response = typeof(AgentResponse), AlsoSuccess = 201,
            Refuses = [Refusals.IdInvalid, Refusals.IdReserved, Refusals.TextEmpty, Refusals.TextTooLong, Refusals.TextForbidden, Refusals.PrincipalMismatch],
            Faults = [MemoryFault.NotFound, MemoryFault.Conflict],
        }, PutAsync),
    ];

    public static AgentResponse ToBody(AgentRecord agent) => new() { Id = agent.Id.Value, Role = agent.Role, CreatedAt = agent.CreatedAt };

    /// <summary>A team's agents by id.</summary>
    public static ImmutableArray<AgentResponse> ToBodies(TeamRecord team)
    {
        var bodies = ImmutableArray.CreateBuilder<AgentResponse>(team.Agents.Count);
        foreach (var (_, agent) in team.Agents)
        {
            bodies.Add(ToBody(agent));
        }

        bodies.Sort(static (one, other) => string.CompareOrdinal(one.Id, other.Id));
        return bodies.MoveToImmutable();
    }

    private static async Task PutAsync(Call call)
    {
        var team = TeamsApi.RouteTeam(call);
        var agent = Binding.RequireAgent(call.Principal, call.RouteValue("agent"));
        using var body = await call.ReadBodyAsync();
        var request = body.IsEmpty ? new PutAgentRequest() : body.Parse(ContractJson.Strict.PutAgentRequest);
        var role = TextCheck.OptionalChars(request.Role, RoleCharsMax, "role");
        var put = await call.Tenant.PutAgentAsync(team, agent, role, call.Aborted);
        await call.ReplyAsync(put.Created ? 201 : 200, ToBody(put.Value), ContractJson.Strict.AgentResponse);
    }
}
