using MemoryCluster.Gateway.Access;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;
using MemoryCluster.Gateway.Validation;

namespace MemoryCluster.Gateway.Resources;

/// <summary>Teams.</summary>
internal static class TeamsApi
{
    private const string Tag = "Teams";
    private const string Pattern = "/api/v1/teams/{team}";
    private const int DomainCharsMax = 128;
    private const int DescriptionCharsMax = 1_024;

    // teams described at a time: bounds what one list asks of the cluster at once
    private const int DescribedTogether = 32;

    public static IEnumerable<MappedRoute> Routes { get; } =
    [
        new(new()
        {
            Method = "PUT", Pattern = Pattern, Tag = Tag, Scope = KeyScopes.Admin, Summary = "Makes or changes a team",
            Body = typeof(PutTeamRequest), Response = typeof(TeamResponse), AlsoSuccess = 201,
            Refuses = [Refusals.IdInvalid, Refusals.IdReserved, Refusals.TextEmpty, Refusals.TextTooLong, Refusals.TextForbidden, Refusals.PrincipalMismatch],
            Faults = [MemoryFault.Conflict],
        }, PutAsync),
        new(new()
        {
            Method = "GET", Pattern = Pattern, Tag = Tag, Scope = KeyScopes.Read, Summary = "A team with its counts",
            Response = typeof(TeamResponse), Refuses = [Refusals.IdInvalid, Refusals.IdReserved, Refusals.PrincipalMismatch], Faults = [MemoryFault.NotFound],
        }, GetAsync),
        new(new()
        {
            Method = "GET", Pattern = "/api/v1/teams", Tag = Tag, Scope = KeyScopes.Read, Summary = "The teams that the key may see, by id",
            Response = typeof(TeamListResponse),
        }, ListAsync),
    ];

    /// <summary>The team that the route names, if the key may speak for it.</summary>
    public static TeamId RouteTeam(in Call call) => Binding.RequireTeam(call.Principal, call.RouteValue("team"));

    private static async Task PutAsync(Call call)
    {
        var team = RouteTeam(call);
        var request = await call.ReadAsync(ContractJson.Strict.PutTeamRequest);
        var domain = TextCheck.Chars(request.Domain, DomainCharsMax, "domain");
        var description = TextCheck.OptionalChars(request.Description, DescriptionCharsMax, "description");
        var put = await call.Tenant.PutTeamAsync(team, domain, description, call.Aborted);
        var view = put.Created ? new TeamView(put.Value, new ShardStatistics()) : await DescribeAsync(call, team);
        await call.ReplyAsync(put.Created ? 201 : 200, ToBody(view), ContractJson.Strict.TeamResponse);
    }

    private static async Task GetAsync(Call call) =>
        await call.ReplyAsync(200, ToBody(await DescribeAsync(call, RouteTeam(call))), ContractJson.Strict.TeamResponse);

    private static async Task ListAsync(Call call)
    {
        var directory = await call.Tenant.GetSnapshotAsync(call.Aborted);
        var mine = call.Principal.Team;
        var teams = directory.Teams.Keys.Where(team => mine is null || team == mine).OrderBy(team => team.Value, StringComparer.Ordinal);
        var bodies = new List<TeamResponse>();
        foreach (var some in teams.Chunk(DescribedTogether))
        {
            var views = await Task.WhenAll(some.Select(team => call.Team(team).DescribeAsync(call.Aborted)));
            bodies.AddRange(views.OfType<TeamView>().Select(ToBody));
        }

        await call.ReplyAsync(200, new TeamListResponse { Teams = bodies }, ContractJson.Strict.TeamListResponse);
    }

    private static async Task<TeamView> DescribeAsync(Call call, TeamId team) =>
        await call.Team(team).DescribeAsync(call.Aborted) ?? throw Missing.Team(team);

    private static TeamResponse ToBody(TeamView view) => new()
    {
        Id = view.Team.Id.Value,
        Domain = view.Team.Domain,
        Description = view.Team.Description,
        CreatedAt = view.Team.CreatedAt,
        Agents = AgentsApi.ToBodies(view.Team),
        Shards = view.Team.Ranges.Length,
        Seq = view.Statistics.Seq,
        Memories = view.Statistics.Memories,
        Candidates = view.Statistics.Candidates,
        Quarantined = view.Statistics.Quarantined,
        Merged = view.Statistics.Merged,
        Archived = view.Statistics.Archived,
        Outcomes = view.Statistics.Outcomes,
        Embedding = view.Statistics is { Embedder: { } model } statistics
            ? new EmbeddingBody
            {
                Model = model.Id, Dimensions = model.Dimensions, Done = statistics.Memories - statistics.Unembedded, Waiting = statistics.Unembedded,
            }
            : null,
    };
}
