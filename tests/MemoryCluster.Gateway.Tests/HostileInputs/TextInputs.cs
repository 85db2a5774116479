using static MemoryCluster.Gateway.Tests.HostileInputs.Hostile;

namespace MemoryCluster.Gateway.Tests.HostileInputs;

/// <summary>Inputs 33 to 48: ids and texts.</summary>
internal static class TextInputs
{
    private static readonly (string Name, string Id)[] BadIds =
    [
        ("33 empty", ""), ("34 129 characters", Repeat("i", 129)), ("35 slash", "a/b"), ("35 backslash", @"a\\b"), ("35 braces", "a{b}"), ("35 star", "*"),
        ("35 question mark", "a?"), ("35 brackets", "[a]"), ("35 space", "a b"), ("36 parent folder", ".."), ("36 this folder", "."), ("36 path", "../../etc"),
        ("36 encoded path", "%2e%2e"), ("36 drive letter", @"C:\\x"), ("37 line end", @"a\r\nb"), ("37 RESP", @"\r\n*1\r\n$8\r\nFLUSHALL"), ("38 hash tag", "{x}"),
        ("39 not NFC", @"e\u0301"), ("39 Cyrillic a", "\u0430dmin"), ("39 full width", "\uff41"), ("40 zero width", @"a\u200bb"), ("40 bidi override", @"a\u202eb"),
        ("40 tag character", @"a\udb40\udc41"), ("43 another tenant's prefix", "other/t"),
    ];

    public static IEnumerable<HostileInput> All =>
    [
        .. BadIds.Select(bad => Id(bad.Name + " as team", "id_invalid", $$"""{"team":"{{bad.Id}}","agent":"a","text":"x"}""")),
        .. BadIds.Select(bad => Id(bad.Name + " as agent", "id_invalid", $$"""{"team":"t","agent":"{{bad.Id}}","text":"x"}""")),
        .. BadIds.SelectMany(bad => new[] { "user", "run" }.Select(member => Memory($"{bad.Name} as {member}", "id_invalid", $",\"{member}\":\"{bad.Id}\""))),
        .. BadIds.Select(bad => Memory(bad.Name + " as resource", "id_invalid", $",\"resources\":[\"{bad.Id}\"]")),
        .. new[] { "admin", "System", "NULL", "default" }.Select(name => Memory("42 reserved " + name, "id_reserved", $",\"user\":\"{name}\"")),
        new("35 space in the path", 400, "id_invalid") { Method = "PUT", Path = "/api/v1/teams/a%20b", Body = """{"domain":"d"}"""u8.ToArray() },
        new("36 parent folder in the path", 400, "path_encoding") { Method = "PUT", Path = "/api/v1/teams/%2e%2e", Body = """{"domain":"d"}"""u8.ToArray() },
        new("36 parent folder in the path, plain", 400, "path_encoding") { Method = "PUT", Path = "/api/v1/teams/../keys", Body = """{"domain":"d"}"""u8.ToArray() },
        new("37 line end in the path", 400, "path_encoding") { Method = "PUT", Path = "/api/v1/teams/a%0d%0ab", Body = """{"domain":"d"}"""u8.ToArray() },
        new("38 braces in the path", 400, "id_invalid") { Method = "PUT", Path = "/api/v1/teams/{x}", Body = """{"domain":"d"}"""u8.ToArray() },
        new("39 Cyrillic in the path", 400, "id_invalid") { Method = "PUT", Path = "/api/v1/teams/%d0%b0", Body = """{"domain":"d"}"""u8.ToArray() },
        new("41 case-only twin of a team", 409, "id_case_twin") { Method = "PUT", Path = "/api/v1/teams/T", Body = """{"domain":"d"}"""u8.ToArray() },
        new("41 case-only twin of an agent", 409, "id_case_twin") { Method = "PUT", Path = "/api/v1/teams/t/agents/A" },
        new("42 reserved team", 400, "id_reserved") { Method = "PUT", Path = "/api/v1/teams/Admin", Body = """{"domain":"d"}"""u8.ToArray() },
        new("42 reserved agent", 400, "id_reserved") { Method = "PUT", Path = "/api/v1/teams/t/agents/system" },
        new("42 reserved resource", 400, "id_reserved") { Method = "PUT", Path = "/api/v1/access/agents/a/resources/null" },
        new("82 user of a forbidden form", 400, "id_invalid") { Method = "PUT", Path = "/api/v1/access/users/a*/agents/a" },
        Id("44 empty text", "text_empty", """{"team":"t","agent":"a","text":""}"""),
        Id("44 white space only", "text_empty", """{"team":"t","agent":"a","text":" \t\n\u00a0\u2003"}"""),
        Text("45 text over 32 KB", "text_too_long", Repeat("x", 32 << 10)),
        Text("45 text over 32 KB in few characters", "text_too_long", Repeat("\u4e16", 11_000)),
        Text("46 stacked marks", "text_forbidden", "a" + Repeat("\u0301", 11)),
        Text("47 unassigned code point", "text_forbidden", "\u0378"),
        Text("47 noncharacter U+FFFF", "text_forbidden", @"\uffff"),
        Text("47 noncharacter U+FDD0", "text_forbidden", "\ufdd0"),
        Text("40 zero-width space", "text_forbidden", "\u200b"),
        Text("40 bidi override", "text_forbidden", "\u202e"),
        Text("40 bidi isolate", "text_forbidden", "\u2067"),
        Text("40 tag characters", "text_forbidden", "\U000E0041\U000E0042"),
        Text("40 byte order mark within", "text_forbidden", "\ufeff"),
        Text("40 joiner between ASCII letters", "text_forbidden", "ab\u200dcd"),
        Memory("40 zero width in metadata", "text_forbidden", ",\"metadata\":{\"m\":\"\u200b\"}"),
        Memory("40 zero width in a tag", "text_forbidden", ",\"tags\":[\"a\u200b\"]"),
        Memory("45 tag over 64 characters", "text_too_long", $",\"tags\":[\"{Repeat("x", 65)}\"]"),
        Memory("44 empty tag", "text_empty", ",\"tags\":[\"\"]"),
        Memory("45 session over 128 characters", "text_too_long", $",\"source\":{{\"session\":\"{Repeat("x", 129)}\"}}"),
        Memory("45 turn over 128 characters", "text_too_long", $",\"source\":{{\"turn\":\"{Repeat("x", 129)}\"}}"),
        Memory("68 turn that is an object", "type_mismatch", ",\"source\":{\"turn\":{}}"),
        new("45 domain over 128 characters", 400, "text_too_long") { Method = "PUT", Path = "/api/v1/teams/u", Body = System.Text.Encoding.UTF8.GetBytes($$"""{"domain":"{{Repeat("x", 129)}}"}""") },
        Memory("private without a user", "user_required", ",\"visibility\":\"private\""),
    ];

    private static HostileInput Id(string name, string code, string json) => Body(name, 400, code, "/api/v1/memories", json);
}
