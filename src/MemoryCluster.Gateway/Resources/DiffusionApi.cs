using System.Globalization;
using MemoryCluster.Gateway.Access;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;
using MemoryCluster.Gateway.Validation;

namespace MemoryCluster.Gateway.Resources;

/// <summary>What teams give to one another.</summary>
internal static class DiffusionApi
{
    private const string Tag = "Controller";
    private const int LimitDefault = 50;
    private const int LimitMax = 200;

    public static IEnumerable<MappedRoute> Routes { get; } =
    [
        new(new()
        {
            Method = "POST", Pattern = "/api/v1/controller/teams/{team}/diffuse", Tag = Tag, Scope = KeyScopes.Admin,
            Summary = "Runs one pass now: takes back what lost its source, offers what has proved itself; answers with what changed",
            Response = typeof(DiffusionListResponse), Refuses = [Refusals.IdInvalid, Refusals.IdReserved, Refusals.PrincipalMismatch], Faults = [MemoryFault.NotFound],
        }, RunAsync),
        new(new()
        {
            Method = "GET", Pattern = "/api/v1/controller/diffusions", Tag = Tag, Scope = KeyScopes.Read,
            Summary = "What a team offered and what it received, latest first", Parameters = ["team", "limit"], Response = typeof(DiffusionListResponse),
            Refuses = [Refusals.IdInvalid, Refusals.IdReserved, Refusals.ParameterInvalid, Refusals.ValueOutOfRange, Refusals.PrincipalMismatch],
            Faults = [MemoryFault.NotFound],
        }, ListAsync),
    ];

    private static async Task RunAsync(Call call)
    {
        var team = TeamsApi.RouteTeam(call);
        var report = await GrainOf(call, team).RunAsync(mayOffer: true, call.Aborted);
        var body = new DiffusionListResponse { Items = [.. report.Changed.Select(entry => Of(new DiffusionView(entry, team, null)))] };
        await call.ReplyAsync(200, body, ContractJson.Strict.DiffusionListResponse);
    }

    private static async Task ListAsync(Call call)
    {
        var parameters = call.Http.Request.Query;
        var team = Binding.RequireTeam(call.Principal, parameters["team"]);
        var offers = await GrainOf(call, team).ListAsync(call.KeyCaller, LimitOf(parameters["limit"]), call.Aborted);
        await call.ReplyAsync(200, new DiffusionListResponse { Items = [.. offers.Select(Of)] }, ContractJson.Strict.DiffusionListResponse);
    }

    private static IDiffusionGrain GrainOf(in Call call, TeamId team) =>
        call.Services.Grains.GetGrain<IDiffusionGrain>(GrainKey.Of(call.Principal.Tenant, team));

    private static int LimitOf(string? text) => text is null
        ? LimitDefault
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit)
            ? NumberRule.InRange(limit, 1, LimitMax, "limit")
            : throw new RefusalException(Refusals.ParameterInvalid, $"Give 'limit' a whole number from 1 to {LimitMax}.", "limit");

    private static DiffusionBody Of(DiffusionView offer) => new()
    {
        Source = offer.Entry.Source.ToString(),
        SourceVersion = offer.Entry.SourceVersion,
        From = offer.From.Value,
        To = offer.Entry.To.Value,
        Copy = offer.Entry.Copy?.ToString(),
        GeneralForm = offer.GeneralForm,
        Status = offer.Entry.Status,
        Reason = offer.Entry.Reason,
        Nearness = offer.Entry.Nearness,
        Weight = offer.Entry.Weight,
        Uses = offer.Entry.Uses,
        Successes = offer.Entry.Successes,
        At = offer.Entry.At,
    };
}
