using System.Globalization;
using System.Text.Json;
using MemoryCluster.Gateway.Access;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;
using MemoryCluster.Gateway.Validation;
using Microsoft.AspNetCore.Http;

namespace MemoryCluster.Gateway.Resources;

/// <summary>Pages of a team's memories.</summary>
internal static class ListApi
{
    private const int LimitDefault = 50;
    private const int LimitMax = 200;

    public static IEnumerable<MappedRoute> Routes { get; } =
    [
        new(new()
        {
            Method = "GET", Pattern = "/api/v1/memories", Tag = MemoriesApi.Tag, Scope = KeyScopes.Read, Summary = "A page of a team's memories, newest first",
            Parameters = ["team", "agent", "user", "kind", "tag", "state", "includeArchived", "limit", "cursor"], Response = typeof(MemoryListResponse),
            Refuses =
            [
                Refusals.IdInvalid, Refusals.IdReserved, Refusals.TextEmpty, Refusals.TextTooLong, Refusals.TextForbidden, Refusals.ParameterInvalid,
                Refusals.ValueOutOfRange, Refusals.CursorInvalid, Refusals.PrincipalMismatch,
            ],
            Faults = [MemoryFault.NotFound],
        }, ListAsync),
    ];

    private static async Task ListAsync(Call call)
    {
        var parameters = call.Http.Request.Query;
        var team = Binding.RequireTeam(call.Principal, parameters["team"]);
        var query = ReadFilters(parameters, call);
        var binding = BindingOf(team, query);
        query = query with { Before = CursorOf(parameters, call, binding) };
        var page = await call.Team(team).ListAsync(call.KeyCaller, query, call.Aborted);
        var next = page.HasMore && !page.Items.IsEmpty ? call.Services.Cursors.Sign(call.Principal.Tenant, binding, page.Items[^1].Id) : null;
        var body = new MemoryListResponse { Items = [.. page.Items.Select(MemoryBodies.Of)], NextCursor = next };
        await call.ReplyAsync(200, body, ContractJson.Strict.MemoryListResponse);
    }

    // what a key is bound to is not filled in here: it decides what the caller may see, and a page may hold what others wrote
    private static MemoryListQuery ReadFilters(IQueryCollection parameters, in Call call) => new()
    {
        Agent = parameters["agent"] is [{ } agent] ? Binding.Agent(call.Principal, agent) : null,
        User = parameters["user"] is [{ } user] ? Binding.User(call.Principal, user) : null,
        Kind = WordOf<MemoryKind>(parameters["kind"], "kind"),
        Tag = TextCheck.OptionalChars(parameters["tag"], ListRule.TagCharsMax, "tag"),
        State = WordOf<MemoryState>(parameters["state"], "state"),
        IncludeArchived = FlagOf(parameters["includeArchived"], "includeArchived"),
        Limit = LimitOf(parameters["limit"]),
    };

    private static T? WordOf<T>(string? word, string parameter)
        where T : struct, Enum => word is null
        ? null
        : Word.TryParse<T>(word, out var value)
            ? value
            : throw new RefusalException(Refusals.ParameterInvalid, $"Give '{parameter}' one of: {string.Join(", ", Word.All<T>())}.", parameter);

    private static bool FlagOf(string? word, string parameter) => word switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw new RefusalException(Refusals.ParameterInvalid, $"Give '{parameter}' one of: true, false.", parameter),
    };

    /// <summary>How long a page is to be.</summary>
    public static int LimitOf(string? text) => text is null
        ? LimitDefault
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit)
            ? NumberRule.InRange(limit, 1, LimitMax, "limit")
            : throw new RefusalException(Refusals.ParameterInvalid, $"Give 'limit' a whole number from 1 to {LimitMax}.", "limit");

    private static MemoryId? CursorOf(IQueryCollection parameters, in Call call, string binding) =>
        parameters["cursor"] is [{ } cursor] ? call.Services.Cursors.Verify(call.Principal.Tenant, binding, cursor) : null;

    // as JSON, so that no filter can be written as two; the page's length may change on the way
    private static string BindingOf(TeamId team, MemoryListQuery query) => JsonSerializer.Serialize(
        [
            team.Value, query.Agent?.Value ?? "", query.User?.Value ?? "", query.Kind?.ToString() ?? "", query.Tag ?? "", query.State?.ToString() ?? "",
            query.IncludeArchived ? "archived" : "",
        ],
        BindingJson.Default.StringArray);
}
