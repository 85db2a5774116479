using MemoryCluster.Gateway.Access;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;

namespace MemoryCluster.Gateway.Resources;

/// <summary>What a team's controller decided, and on what evidence.</summary>
internal static class DecisionsApi
{
    public static IEnumerable<MappedRoute> Routes { get; } =
    [
        new(new()
        {
            Method = "GET", Pattern = "/api/v1/controller/decisions", Tag = "Controller", Scope = KeyScopes.Read,
            Summary = "A page of decisions with their features and evidence, newest first",
            Parameters = ["team", "limit", "cursor"], Response = typeof(DecisionListResponse),
            Refuses = [Refusals.IdInvalid, Refusals.IdReserved, Refusals.ParameterInvalid, Refusals.ValueOutOfRange, Refusals.CursorInvalid, Refusals.PrincipalMismatch],
            Faults = [MemoryFault.NotFound],
        }, ListAsync),
        new(new()
        {
            Method = "GET", Pattern = "/api/v1/memories/{id}/certificate", Tag = MemoriesApi.Tag, Scope = KeyScopes.Read,
            Summary = "The evidence that a memory was admitted on, run again", Response = typeof(CertificateResponse),
            Refuses = [Refusals.IdInvalid], Faults = [MemoryFault.NotFound],
        }, CertificateAsync),
        new(new()
        {
            Method = "POST", Pattern = "/api/v1/memories/{id}/certificate/rerun", Tag = MemoriesApi.Tag, Scope = KeyScopes.Write,
            Summary = "Has the replays that a memory was admitted on made again by their replayer, and compares",
            Response = typeof(CertificateRerunResponse), Refuses = [Refusals.IdInvalid], Faults = [MemoryFault.NotFound],
        }, RerunAsync),
    ];

    private static async Task ListAsync(Call call)
    {
        var parameters = call.Http.Request.Query;
        var team = Binding.RequireTeam(call.Principal, parameters["team"]);
        // the team first: asking its controller would make one for a team that is not there
        _ = await call.Team(team).DescribeAsync(call.Aborted) ?? throw Missing.Team(team);
        var binding = $"decisions {team.Value}";
        var before = parameters["cursor"] is [{ } cursor] ? call.Services.Cursors.Verify(call.Principal.Tenant, binding, cursor) : (MemoryId?)null;
        var controller = call.Services.Grains.GetGrain<IControllerGrain>(GrainKey.Of(call.Principal.Tenant, team));
        var page = await controller.ListDecisionsAsync(call.KeyCaller, before?.Value, ListApi.LimitOf(parameters["limit"]), call.Aborted);
        var next = page.HasMore ? call.Services.Cursors.Sign(call.Principal.Tenant, binding, new MemoryId(page.Items[^1].Id)) : null;
        var body = new DecisionListResponse { Items = [.. page.Items.Select(RunBodies.Of)], NextCursor = next };
        await call.ReplyAsync(200, body, ContractJson.Strict.DecisionListResponse);
    }

    private static async Task CertificateAsync(Call call)
    {
        var memory = await MemoriesApi.RequireAsync(call);
        var controller = call.Services.Grains.GetGrain<IControllerGrain>(GrainKey.Of(call.Principal.Tenant, memory.Team));
        var check = await controller.CertifyAsync(memory.Id, call.Aborted) ?? throw Missing.Certificate(memory.Id);
        await call.ReplyAsync(200, RunBodies.Of(memory.Id, check), ContractJson.Strict.CertificateResponse);
    }

    private static async Task RerunAsync(Call call)
    {
        var memory = await MemoriesApi.RequireAsync(call);
        var controller = call.Services.Grains.GetGrain<IControllerGrain>(GrainKey.Of(call.Principal.Tenant, memory.Team));
        var check = await controller.CertifyAsync(memory.Id, call.Aborted) ?? throw Missing.Certificate(memory.Id);
        var rerun = await controller.RerunAsync(memory.Id, call.Aborted);
        await call.ReplyAsync(200, RunBodies.Of(memory.Id, check, rerun), ContractJson.Strict.CertificateRerunResponse);
    }
}
