using MemoryCluster.Gateway.Access;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;
using MemoryCluster.Gateway.Validation;

namespace MemoryCluster.Gateway.Resources;

/// <summary>Agent-side code that replays runs. What is answered never holds a secret.</summary>
internal static class ReplayersApi
{
    private const string Tag = "Replayers";
    private const string Pattern = "/api/v1/replayers/{name}";

    public static IEnumerable<MappedRoute> Routes { get; } =
    [
        new(new()
        {
            Method = "PUT", Pattern = Pattern, Tag = Tag, Scope = KeyScopes.Admin,
            Summary = "Registers a replayer: runs that name it are posted to it, signed, and it answers with a reward",
            Body = typeof(PutReplayerRequest), Response = typeof(ReplayerResponse), AlsoSuccess = 201,
            Refuses = [Refusals.IdInvalid, Refusals.IdReserved, Refusals.UrlInvalid, Refusals.SecretInvalid, Refusals.PrincipalMismatch],
            Faults = [MemoryFault.Conflict],
        }, PutAsync),
        new(new()
        {
            Method = "GET", Pattern = "/api/v1/replayers", Tag = Tag, Scope = KeyScopes.Admin, Summary = "The replayers that are registered, by name",
            Response = typeof(ReplayerListResponse), Refuses = [Refusals.PrincipalMismatch],
        }, ListAsync),
        new(new()
        {
            Method = "GET", Pattern = Pattern, Tag = Tag, Scope = KeyScopes.Admin, Summary = "A replayer", Response = typeof(ReplayerResponse),
            Refuses = [Refusals.IdInvalid, Refusals.IdReserved, Refusals.PrincipalMismatch], Faults = [MemoryFault.NotFound],
        }, GetAsync),
        new(new()
        {
            Method = "DELETE", Pattern = Pattern, Tag = Tag, Scope = KeyScopes.Admin, Summary = "Ends a replayer: nothing more is sent to it",
            Success = 204, Refuses = [Refusals.IdInvalid, Refusals.IdReserved, Refusals.PrincipalMismatch], Faults = [MemoryFault.NotFound],
        }, DeleteAsync),
    ];

    private static async Task PutAsync(Call call)
    {
        var name = NameOf(call);
        var request = await call.ReadAsync(ContractJson.Strict.PutReplayerRequest);
        if (ReplayerUrl.Flaw(request.Url, call.Services.Addresses) is { } flaw)
        {
            throw new RefusalException(Refusals.UrlInvalid, flaw, "url");
        }

        if (!ReplayerSecret.IsValid(request.Secret))
        {
            throw new RefusalException(
                Refusals.SecretInvalid,
                $"Give {ReplayerSecret.LengthMin} to {ReplayerSecret.LengthMax} visible ASCII characters, or whsec_ and 24 to 64 bytes in base64.", "secret");
        }

        var put = await call.Tenant.PutReplayerAsync(name, request.Url, request.Secret, call.Aborted);
        await call.ReplyAsync(put.Created ? 201 : 200, Of(put.Value), ContractJson.Strict.ReplayerResponse);
    }

    private static async Task ListAsync(Call call)
    {
        Binding.RequireUnbound(call.Principal);
        var directory = await call.Tenant.GetSnapshotAsync(call.Aborted);
        var body = new ReplayerListResponse { Replayers = [.. directory.Replayers.Values.OrderBy(view => view.Name, StringComparer.Ordinal).Select(Of)] };
        await call.ReplyAsync(200, body, ContractJson.Strict.ReplayerListResponse);
    }

    private static async Task GetAsync(Call call)
    {
        var name = NameOf(call);
        var directory = await call.Tenant.GetSnapshotAsync(call.Aborted);
        var view = directory.Replayers.GetValueOrDefault(name) ?? throw Missing.Replayer();
        await call.ReplyAsync(200, Of(view), ContractJson.Strict.ReplayerResponse);
    }

    private static async Task DeleteAsync(Call call)
    {
        if (!await call.Tenant.DeleteReplayerAsync(NameOf(call), call.Aborted))
        {
            throw Missing.Replayer();
        }

        await call.ReplyAsync(204);
    }

    private static string NameOf(in Call call)
    {
        Binding.RequireUnbound(call.Principal);
        var name = IdRule.Replayer(call.RouteValue("name"), "name");
        return ReplayerNames.IsReserved(name)
            ? throw new RefusalException(Refusals.IdReserved, "Choose another 'name': evidence and chat are built in.", "name")
            : name;
    }

    private static ReplayerResponse Of(ReplayerView view) =>
        new() { Name = view.Name, Url = view.Url, CreatedAt = view.CreatedAt, ChangedAt = view.ChangedAt };
}
