using System.Globalization;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;
using MemoryCluster.Gateway.Validation;
using Microsoft.AspNetCore.Http;

namespace MemoryCluster.Gateway.Resources;

/// <summary>What was told of a thing or in a session, in the order of time and at several heights.</summary>
internal static class TimelineApi
{
    private const int NameCharsMax = 256;
    private const int LevelMax = 64;

    public static IEnumerable<MappedRoute> Routes { get; } =
    [
        new(new()
        {
            Method = "GET", Pattern = "/api/v1/teams/{team}/timeline", Tag = MemoriesApi.Tag, Scope = KeyScopes.Read,
            Summary = "What a team's memories tell of a thing (entity) or from a session, in the order of time: stretches with summaries, down to memories",
            Parameters = ["entity", "session", "from", "to", "level", "node", "limit"], Response = typeof(TimelineResponse),
            Refuses =
            [
                Refusals.IdInvalid, Refusals.IdReserved, Refusals.TextEmpty, Refusals.TextTooLong, Refusals.TextForbidden, Refusals.ParameterInvalid,
                Refusals.ValueOutOfRange, Refusals.TimestampInvalid, Refusals.TimestampOutOfRange, Refusals.RangeContradictory, Refusals.PrincipalMismatch,
            ],
            Faults = [MemoryFault.NotFound],
        }, GetAsync),
    ];

    private static async Task GetAsync(Call call)
    {
        var team = TeamsApi.RouteTeam(call);
        var page = await call.Team(team).ReadTimelineAsync(call.KeyCaller, QueryOf(call.Http.Request.Query), call.Aborted);
        var body = new TimelineResponse { Items = [.. page.Nodes.Select(Of)], HasMore = page.HasMore };
        await call.ReplyAsync(200, body, ContractJson.Strict.TimelineResponse);
    }

    private static TimelineQuery QueryOf(IQueryCollection parameters)
    {
        var query = new TimelineQuery
        {
            Entity = TextCheck.OptionalChars(parameters["entity"], NameCharsMax, "entity"),
            Session = TextCheck.OptionalChars(parameters["session"], NameCharsMax, "session"),
            From = TimeRule.Any(TimeRule.Read(parameters["from"], "from"), "from"),
            To = TimeRule.Any(TimeRule.Read(parameters["to"], "to"), "to"),
            Level = LevelOf(parameters["level"]),
            Node = NodeOf(parameters["node"]),
            Limit = ListApi.LimitOf(parameters["limit"]),
        };
        TimeRule.Ordered(query.From, query.To, "from", "to");
        return (query.Entity is null) == (query.Session is null)
            ? throw new RefusalException(Refusals.ParameterInvalid, "Give either 'entity' or 'session'.", "entity")
            : query;
    }

    private static int? LevelOf(string? text) => text is null
        ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var level)
            ? NumberRule.InRange(level, 0, LevelMax, "level")
            : throw new RefusalException(Refusals.ParameterInvalid, $"Give 'level' a whole number from 0 to {LevelMax}.", "level");

    private static Guid? NodeOf(string? text) => text is null
        ? null
        : Guid.TryParseExact(text, "N", out var node)
            ? node
            : throw new RefusalException(Refusals.IdInvalid, "Give the id of a node as an earlier answer gave it: 32 hexadecimal digits.", "node");

    private static TimelineNodeBody Of(TimelineNode node) => new()
    {
        Id = IdOf(node.Id, node.Level),
        Level = node.Level,
        From = node.From,
        To = node.To,
        Memories = node.Memories,
        Summary = node.Summary,
        SummaryOrigin = node.Level > 0 && node.Summary is not null ? MemoryBodies.OriginOf(node.Written) : null,
        Children = [.. node.Children.Select(child => IdOf(child, node.Level - 1))],
    };

    private static string IdOf(Guid id, int level) => level == 0 ? new MemoryId(id).ToString() : id.ToString("N");
}
