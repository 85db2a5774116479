using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;

namespace MemoryCluster.Gateway.Resources;

/// <summary>What a team's controller holds.</summary>
internal static class ControllerApi
{
    public static IEnumerable<MappedRoute> Routes { get; } =
    [
        new(new()
        {
            Method = "GET", Pattern = "/api/v1/controller/teams/{team}", Tag = "Controller", Scope = KeyScopes.Read,
            Summary = "A team's policy, and its decisions by kind", Response = typeof(ControllerTeamResponse),
            Refuses = [Refusals.IdInvalid, Refusals.IdReserved, Refusals.PrincipalMismatch], Faults = [MemoryFault.NotFound],
        }, GetAsync),
    ];

    private static async Task GetAsync(Call call)
    {
        var team = TeamsApi.RouteTeam(call);
        // the team first: asking its controller would make a policy for a team that is not there
        var view = await call.Team(team).DescribeAsync(call.Aborted) ?? throw Missing.Team(team);
        var controller = call.Services.Grains.GetGrain<IControllerGrain>(GrainKey.Of(call.Principal.Tenant, team));
        var policy = await controller.GetPolicyAsync(call.Aborted);
        await call.ReplyAsync(200, ToBody(team, policy, view.Statistics), ContractJson.Strict.ControllerTeamResponse);
    }

    public static ControllerTeamResponse ToBody(TeamId team, TeamPolicy policy, ShardStatistics statistics) => new()
    {
        Team = team.Value,
        PolicyVersion = policy.Version,
        Thresholds = new ThresholdsBody
        {
            MergeSimilarity = policy.MergeSimilarity,
            WordsMin = policy.WordsMin,
            CandidateWeight = policy.CandidateWeight,
        },
        Budgets = new BudgetsBody { MemoriesMax = policy.MemoriesMax },
        Utility = PolicyApi.Of(policy.Utility),
        Forgetting = PolicyApi.Of(policy.Forgetting),
        Decisions = statistics.Decisions.ToDictionary(pair => Word.Of(pair.Key), pair => pair.Value),
    };
}
