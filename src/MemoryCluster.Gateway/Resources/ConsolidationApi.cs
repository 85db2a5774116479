using MemoryCluster.Gateway.Access;
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
        new(new()
        {
            Method = "GET", Pattern = "/api/v1/controller/consolidations", Tag = Tag, Scope = KeyScopes.Admin,
            Summary = "A page of a team's consolidations, newest first: what was merged, summed up or superseded, why, and what of it was undone",
            Parameters = ["team", "limit", "cursor"], Response = typeof(ConsolidationListResponse),
            Refuses = [Refusals.IdInvalid, Refusals.IdReserved, Refusals.ParameterInvalid, Refusals.ValueOutOfRange, Refusals.CursorInvalid, Refusals.PrincipalMismatch],
            Faults = [MemoryFault.NotFound],
        }, ListAsync),
    ];

    private static async Task ListAsync(Call call)
    {
        var parameters = call.Http.Request.Query;
        var team = Binding.RequireTeam(call.Principal, parameters["team"]);
        var binding = $"consolidations {team.Value}";
        ConsolidationPlace? before = parameters["cursor"] is [{ } cursor]
            ? new ConsolidationPlace(call.Services.Cursors.Verify(call.Principal.Tenant, binding, cursor).Value)
            : null;
        var page = await call.Team(team).ListConsolidationsAsync(before, ListApi.LimitOf(parameters["limit"]), call.Aborted);
        var next = page.HasMore ? call.Services.Cursors.Sign(call.Principal.Tenant, binding, new MemoryId(page.Items[^1].Place.Value)) : null;
        var body = new ConsolidationListResponse { Items = [.. page.Items.Select(Of)], NextCursor = next };
        await call.ReplyAsync(200, body, ContractJson.Strict.ConsolidationListResponse);
    }

    private static ConsolidationEntryBody Of(ConsolidationEntry entry) => new()
    {
        Id = entry.Step.Id.ToString(),
        Reason = entry.Step.Reason,
        By = entry.Step.By.ToString(),
        Memories = [.. entry.Step.Memories.Select(memory => memory.ToString())],
        Similarity = entry.Step.Similarity,
        At = entry.At,
        EndedAt = entry.EndedAt,
        End = entry.End,
    };

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
