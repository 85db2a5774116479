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
        var controllerView = await controller.DescribeAsync(call.Aborted);
        await call.ReplyAsync(200, ToBody(team, controllerView, view.Statistics), ContractJson.Strict.ControllerTeamResponse);
    }

    public static ControllerTeamResponse ToBody(TeamId team, ControllerView view, ShardStatistics statistics) => new()
    {
        Team = team.Value,
        PolicyVersion = view.Policy.Version,
        Thresholds = new ThresholdsBody
        {
            MergeSimilarity = view.Policy.MergeSimilarity,
            WordsMin = view.Policy.WordsMin,
            CandidateWeight = view.Policy.CandidateWeight,
            Confidence = view.Policy.Confidence,
            EffectMin = view.Policy.EffectMin,
            TokenCost = view.Policy.TokenCost,
            LatencyCost = view.Policy.LatencyCost,
        },
        Budgets = new BudgetsBody
        {
            MemoriesMax = view.Policy.MemoriesMax, ReplaysPerDay = view.Policy.ReplaysPerDay, RunsMax = view.Policy.RunsMax,
        },
        Utility = PolicyApi.Of(view.Policy.Utility),
        Consolidation = PolicyApi.Of(view.Policy.Consolidation),
        Forgetting = PolicyApi.Of(view.Policy.Forgetting),
        Diffusion = PolicyApi.Of(view.Policy.Diffusion),
        SummariesWritten = statistics.SummariesWritten,
        SummariesRefused = statistics.SummariesRefused,
        Decisions = statistics.Decisions.ToDictionary(pair => Word.Of(pair.Key), pair => pair.Value),
        Runs = view.Runs,
        RunDecisions = view.Decisions.ToDictionary(pair => Word.Of(pair.Key), pair => pair.Value),
        Pending = view.Pending,
        ReplaysDue = view.ReplaysDue,
        GateVersion = view.GateVersion,
        Calibration =
        [
            .. view.Calibration.Select(bin => new CalibrationBody
            {
                From = bin.From, To = bin.To, Decisions = bin.Decisions, Probability = bin.Probability, Useful = bin.Useful,
            }),
        ],
    };
}
