using MemoryCluster.Gateway.Access;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;
using MemoryCluster.Gateway.Validation;

namespace MemoryCluster.Gateway.Resources;

/// <summary>The two sets of access edges.</summary>
internal static class AccessApi
{
    private const string UserAgent = "/api/v1/access/users/{user}/agents/{agent}";
    private const string AgentResource = "/api/v1/access/agents/{agent}/resources/{resource}";

    public static IEnumerable<MappedRoute> Routes { get; } =
    [
        new(Describe("PUT", UserAgent, "This user may call this agent"), call => GrantAsync(call, UserAgentOf(call))),
        new(Describe("DELETE", UserAgent, "This user may no longer call this agent"), call => RevokeAsync(call, UserAgentOf(call))),
        new(Describe("PUT", AgentResource, "This agent may use this resource"), call => GrantAsync(call, AgentResourceOf(call))),
        new(Describe("DELETE", AgentResource, "This agent may no longer use this resource"), call => RevokeAsync(call, AgentResourceOf(call))),
    ];

    private static RouteDescription Describe(string method, string pattern, string summary) => new()
    {
        Method = method,
        Pattern = pattern,
        Tag = "Access",
        Scope = KeyScopes.Admin,
        Summary = summary,
        Success = 204,
        Refuses = [Refusals.IdInvalid, Refusals.IdReserved, Refusals.PrincipalMismatch],
    };

    private static AccessEdge.UserAgent UserAgentOf(in Call call) =>
        new AccessEdge.UserAgent(IdRule.User(call.RouteValue("user"), "user"), IdRule.Agent(call.RouteValue("agent"), "agent"));

    private static AccessEdge.AgentResource AgentResourceOf(in Call call) =>
        new AccessEdge.AgentResource(IdRule.Agent(call.RouteValue("agent"), "agent"), IdRule.Resource(call.RouteValue("resource"), "resource"));

    private static async Task GrantAsync(Call call, AccessEdge edge)
    {
        Binding.RequireUnbound(call.Principal);
        await call.Tenant.GrantAsync(edge, call.Aborted);
        await call.ReplyAsync(204);
    }

    private static async Task RevokeAsync(Call call, AccessEdge edge)
    {
        Binding.RequireUnbound(call.Principal);
        await call.Tenant.RevokeAsync(edge, call.Aborted);
        await call.ReplyAsync(204);
    }
}
