using MemoryCluster.Gateway.Access;
using MemoryCluster.Gateway.Http;
using MemoryCluster.Gateway.Problems;
using MemoryCluster.Gateway.Validation;

namespace MemoryCluster.Gateway.Resources;

/// <summary>API keys.</summary>
internal static class KeysApi
{
    private const int NameCharsMax = 128;
    private const int ScopesMax = 3;

    public static IEnumerable<MappedRoute> Routes { get; } =
    [
        new(new()
        {
            Method = "POST", Pattern = "/api/v1/keys", Tag = "Keys", Scope = KeyScopes.Admin, Summary = "Makes a key; it is shown this once",
            Body = typeof(CreateKeyRequest), Success = 201, Response = typeof(CreateKeyResponse),
            Refuses =
            [
                Refusals.IdInvalid, Refusals.IdReserved, Refusals.TextEmpty, Refusals.TextTooLong, Refusals.TextForbidden, Refusals.TooManyItems,
                Refusals.ValueOutOfRange, Refusals.TimestampOutOfRange, Refusals.PrincipalMismatch,
            ],
        }, CreateAsync),
        new(new()
        {
            Method = "DELETE", Pattern = "/api/v1/keys/{id}", Tag = "Keys", Scope = KeyScopes.Admin, Summary = "Ends a key, everywhere within 1 s",
            Success = 204, Refuses = [Refusals.IdInvalid, Refusals.PrincipalMismatch], Faults = [MemoryFault.NotFound],
        }, DeleteAsync),
    ];

    private static async Task CreateAsync(Call call)
    {
        var request = await call.ReadAsync(ContractJson.Strict.CreateKeyRequest);
        var spec = ToSpec(request, call);
        var key = KeyText.New(call.Principal.Tenant, call.Services.Random);
        await call.Tenant.CreateKeyAsync(key.Id, key.SecretHash, spec, call.Aborted);
        call.Http.Response.Headers.CacheControl = "no-store";
        await call.ReplyAsync(201, new CreateKeyResponse { Id = key.Id.ToString(), Key = key.ToString() }, ContractJson.Strict.CreateKeyResponse);
    }

    // a bound admin makes keys within its own bounds only
    private static KeySpec ToSpec(CreateKeyRequest request, in Call call) => new()
    {
        Name = TextCheck.Chars(request.Name, NameCharsMax, "name"),
        Scopes = ScopesOf(request.Scopes),
        Team = Binding.Team(call.Principal, request.Team),
        Agent = Binding.Agent(call.Principal, request.Agent),
        User = Binding.User(call.Principal, request.User),
        ExpiresAt = TimeRule.Expiry(request.ExpiresAt, call.Now, "expiresAt"),
    };

    private static KeyScopes ScopesOf(IReadOnlyList<KeyScopes> scopes)
    {
        ListRule.RequireCount(scopes.Count, ScopesMax, "scopes");
        return scopes.Count > 0
            ? scopes.Aggregate(KeyScopes.None, (all, scope) => all | scope)
            : throw new RefusalException(Refusals.ValueOutOfRange, "Give at least one of the scopes read, write and admin.", "scopes");
    }

    private static async Task DeleteAsync(Call call)
    {
        Binding.RequireUnbound(call.Principal);
        var id = IdRule.Key(call.RouteValue("id"), "id");
        if (!await call.Tenant.DeleteKeyAsync(id, call.Aborted))
        {
            throw new MemoryClusterException(MemoryFault.NotFound, "There is no such key.", code: "key_not_found", field: "id");
        }

        call.Services.Authenticator.Forget(id);
        await call.ReplyAsync(204);
    }
}
