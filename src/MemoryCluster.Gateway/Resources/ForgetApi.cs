using MemoryCluster.Gateway.Access;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;
using MemoryCluster.Gateway.Validation;

namespace MemoryCluster.Gateway.Resources;

/// <summary>Deleting by what memories have in common.</summary>
internal static class ForgetApi
{
    public static IEnumerable<MappedRoute> Routes { get; } =
    [
        new(new()
        {
            Method = "POST", Pattern = "/api/v1/forget", Tag = MemoriesApi.Tag, Scope = KeyScopes.Write,
            Summary = "Deletes every memory that matches all members given; without a team, in all teams, which needs the admin scope",
            Body = typeof(ForgetRequest), Response = typeof(ForgetResponse), Headers = ["Idempotency-Key"],
            Refuses = [Refusals.IdInvalid, Refusals.IdReserved, Refusals.ForgetScopeEmpty, Refusals.TimestampOutOfRange, Refusals.PrincipalMismatch, Refusals.IdempotencyKeyInvalid],
            Faults = [MemoryFault.NotFound, MemoryFault.IdempotencyMismatch, MemoryFault.IdempotencyInFlight],
        }, ForgetAsync),
    ];

    private static async Task ForgetAsync(Call call)
    {
        using var body = await call.ReadBodyAsync();
        var request = body.Parse(ContractJson.Strict.ForgetRequest);
        // before the key's bindings are filled in: a bound key must not turn an empty request into everything of its team
        if (request == new ForgetRequest())
        {
            throw new RefusalException(Refusals.ForgetScopeEmpty, "Give at least one of team, agent, user, run and writtenBefore.");
        }

        var command = ToCommand(request, call);
        var response = command.Team is { } team
            ? OfTeam(await ForgetInTeamAsync(call, command, body.Bytes, team))
            : await ForgetEverywhereAsync(call, command, body.Bytes);
        await call.ReplyAsync(200, response, ContractJson.Strict.ForgetResponse);
    }

    private static ForgetCommand ToCommand(ForgetRequest request, in Call call) => new()
    {
        Team = Binding.Team(call.Principal, request.Team),
        Agent = Binding.Agent(call.Principal, request.Agent),
        User = Binding.User(call.Principal, request.User),
        Run = request.Run is null ? null : IdRule.Run(request.Run, "run"),
        WrittenBefore = TimeRule.Any(request.WrittenBefore, "writtenBefore"),
    };

    private static Task<DeletionReceipt> ForgetInTeamAsync(Call call, ForgetCommand command, ReadOnlyMemory<byte> body, TeamId team) =>
        call.Team(team).ForgetAsync(
            call.KeyCaller, command with { Team = team, Operation = call.Operation(body.Span, team.Value) }, call.Aborted);

    private static async Task<ForgetResponse> ForgetEverywhereAsync(Call call, ForgetCommand command, ReadOnlyMemory<byte> body)
    {
        Authenticator.RequireScope(call.Principal, KeyScopes.Admin);
        var directory = await call.Tenant.GetSnapshotAsync(call.Aborted);
        var receipts = new Dictionary<TeamId, DeletionReceipt>();
        foreach (var team in directory.Teams.Keys.OrderBy(team => team.Value, StringComparer.Ordinal))
        {
            receipts[team] = await ForgetInTeamAsync(call, command, body, team);
        }

        return OfTeams(receipts, call.Now);
    }

    private static ForgetResponse OfTeam(DeletionReceipt receipt) => new()
    {
        Deleted = receipt.Deleted.Length,
        Derived = receipt.Derived,
        Receipt = new ReceiptBody { At = receipt.At, Seq = receipt.Seq },
    };

    private static ForgetResponse OfTeams(Dictionary<TeamId, DeletionReceipt> receipts, DateTimeOffset now) => new()
    {
        Deleted = receipts.Values.Sum(receipt => receipt.Deleted.Length),
        Derived = receipts.Values.Sum(receipt => receipt.Derived),
        Receipt = new ReceiptBody
        {
            At = receipts.Values.Select(receipt => receipt.At).DefaultIfEmpty(now).Max(),
            Teams = receipts.ToDictionary(pair => pair.Key.Value, pair => pair.Value.Seq),
        },
    };
}
