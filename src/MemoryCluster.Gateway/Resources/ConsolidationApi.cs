using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;

namespace MemoryCluster.Gateway.Resources;

/// <summary>Consolidation on demand, and its undoing.</summary>
internal static class ConsolidationApi
{
    private const string Tag = "Controller";

    public static IEnumerable<MappedRoute> Routes { get; } =
    [
        new(new()
        {
            Method = "POST", Pattern = "/api/v1/controller/teams/{team}/consolidate", Tag = Tag, Scope = KeyScopes.Admin,
            Summary = "Consolidates what has changed in a team since the last pass", Response = typeof(ConsolidateResponse),
            Refuses = [Refusals.IdInvalid, Refusals.IdReserved, Refusals.PrincipalMismatch], Faults = [MemoryFault.NotFound],
        }, ConsolidateAsync),
        new(new()
        {
            Method = "POST", Pattern = "/api/v1/controller/teams/{team}/consolidations/{id}/undo", Tag = Tag, Scope = KeyScopes.Admin,
            Summary = "Undoes one consolidation: what it moved stands for itself again", Response = typeof(ConsolidationStepBody),
            Refuses = [Refusals.IdInvalid, Refusals.IdReserved, Refusals.PrincipalMismatch], Faults = [MemoryFault.NotFound],
        }, UndoAsync),
    ];

    private static async Task ConsolidateAsync(Call call)
    {
        var team = TeamsApi.RouteTeam(call);
        var report = await call.Team(team).ConsolidateAsync(call.Aborted);
        var body = new ConsolidateResponse
        {
            Team = team.Value,
            Examined = report.Examined,
            Remaining = report.Remaining,
            Merged = StepsOf(report, ConsolidationReason.SameStatement, ConsolidationReason.Covered),
            Abstracted = StepsOf(report, ConsolidationReason.Abstracted),
            Superseded = StepsOf(report, ConsolidationReason.Superseded),
        };
        await call.ReplyAsync(200, body, ContractJson.Strict.ConsolidateResponse);
    }

    private static async Task UndoAsync(Call call)
    {
        var team = TeamsApi.RouteTeam(call);
        var id = ConsolidationId.TryParse(call.RouteValue("id"), out var parsed)
            ? parsed
            : throw new RefusalException(Refusals.IdInvalid, "Give the id of a consolidation: 32 hexadecimal digits.", "id");
        var undone = await call.Team(team).UndoConsolidationAsync(id, call.Aborted) ?? throw Missing.Consolidation(id);
        await call.ReplyAsync(200, Of(undone), ContractJson.Strict.ConsolidationStepBody);
    }

    private static List<ConsolidationStepBody> StepsOf(ConsolidationReport report, params ReadOnlySpan<ConsolidationReason> reasons)
    {
        var steps = new List<ConsolidationStepBody>();
        foreach (var step in report.Steps)
        {
            if (reasons.Contains(step.Reason))
            {
                steps.Add(Of(step));
            }
        }

        return steps;
    }

    private static ConsolidationStepBody Of(ConsolidationStep step) => new()
    {
        Id = step.Id.ToString(),
        Reason = step.Reason,
        By = step.By.ToString(),
        Memories = [.. step.Memories.Select(memory => memory.ToString())],
        Similarity = step.Similarity,
    };
}
