using static MemoryCluster.Gateway.Tests.HostileInputs.Hostile;

namespace MemoryCluster.Gateway.Tests.HostileInputs;

/// <summary>Inputs 84 to 116: who calls, batches, and what administrators send.</summary>
internal static class PrincipalInputs
{
    private const string Teams = "/api/v1/teams";
    private const string Forget = "/api/v1/forget";

    public static IEnumerable<HostileInput> All =>
    [
        Idempotent("85 empty idempotency key", ""),
        Idempotent("85 idempotency key over 64 characters", Repeat("k", 65)),
        Idempotent("85 idempotency key that is not ASCII", "cl\u00e9") with { Code = null },
        Idempotent("85 idempotency key with a space", "a b"),
        Idempotent("85 two idempotency keys", "a\r\nIdempotency-Key: b"),
        Key("89 no key", 401, "unauthenticated", ""),
        Key("89 empty key", 401, "unauthenticated", "Authorization: Bearer \r\n"),
        Key("89 another scheme", 401, "unauthenticated", "Authorization: Basic YWRtaW46YWRtaW4=\r\n"),
        Key("89 malformed key", 401, "unauthenticated", "X-API-Key: mck_default_zq7marker\r\n"),
        Key("90 key of an unknown tenant", 401, "unauthenticated", $"X-API-Key: mck_stranger_{Repeat("a", 32)}_{Repeat("A", 43)}\r\n"),
        Key("90 unknown key of this tenant", 401, "unauthenticated", $"X-API-Key: mck_default_{Repeat("a", 32)}_{Repeat("A", 43)}\r\n"),
        Key("91 token with alg none", 401, "unauthenticated", "Authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.\r\n"),
        Key("91 key id with a path", 401, "unauthenticated", "X-API-Key: mck_../admin_" + Repeat("a", 32) + "_" + Repeat("A", 43) + "\r\n"),
        Key("95 two Authorization headers", 400, "ambiguous_credentials", "Authorization: Bearer {key}\r\nAuthorization: Bearer {key}\r\n"),
        Key("95 both headers", 400, "ambiguous_credentials", "Authorization: Bearer {key}\r\nX-API-Key: {key}\r\n"),
        Memory("96 tenant in the body", "member_unknown", ",\"tenant\":\"other\""),
        Body("97 batch over 1,000", 400, "batch_too_large", "/api/v1/memories/batch", $$"""{"items":[{{string.Join(',', Enumerable.Repeat("{}", 1_001))}}]}"""),
        Body("99 empty batch", 400, "batch_empty", "/api/v1/memories/batch", """{"items":[]}"""),
        Body("101 JSON-RPC batch", 400, "type_mismatch", "/api/v1/memories/batch", """[{"jsonrpc":"2.0","method":"remember"}]"""),
        Body("111 empty forgetting", 400, "forget_scope_empty", Forget, "{}"),
        Body("111 forgetting of nulls", 400, "forget_scope_empty", Forget, """{"team":null,"user":null}"""),
        Body("111 wildcard team", 400, "id_invalid", Forget, """{"team":"*"}"""),
        Body("111 wildcard user", 400, "id_invalid", Forget, """{"user":"%"}"""),
        Body("111 blank agent", 400, "id_invalid", Forget, """{"agent":""}"""),
        Body("112 forgetting of everything", 400, "member_unknown", Forget, """{"all":true}"""),
        Body("113 key without a scope", 400, "value_out_of_range", "/api/v1/keys", """{"name":"n","scopes":[]}"""),
        Body("113 key of an unknown scope", 400, "value_unknown", "/api/v1/keys", """{"name":"n","scopes":["root"]}"""),
        Body("113 key of the scope none", 400, "value_unknown", "/api/v1/keys", """{"name":"n","scopes":["none"]}"""),
        Body("113 key without a name", 400, "member_missing", "/api/v1/keys", """{"scopes":["read"]}"""),
        Body("77 key that has expired", 400, "timestamp_out_of_range", "/api/v1/keys", """{"name":"n","scopes":["read"],"expiresAt":"2020-01-01T00:00:00Z"}"""),
        new("81 delete of an unknown key", 404, "key_not_found") { Method = "DELETE", Path = "/api/v1/keys/" + Repeat("a", 32) },
        new("68 key id that is none", 400, "id_invalid") { Method = "DELETE", Path = "/api/v1/keys/zq7marker" },
        new("115 line end in a domain is no label", 400, "text_forbidden") { Method = "PUT", Path = "/api/v1/teams/v", Body = """{"domain":"x\u0007"}"""u8.ToArray() },
    ];

    private static HostileInput Idempotent(string name, string key) =>
        Memory(name, "idempotency_key_invalid", "") with { More = $"Idempotency-Key: {key}\r\n" };

    private static HostileInput Key(string name, int status, string code, string credentials) =>
        Get(name, status, code, Teams) with { Credentials = credentials };
}
