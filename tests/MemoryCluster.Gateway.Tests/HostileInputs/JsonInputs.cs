using System.Text;
using static MemoryCluster.Gateway.Tests.HostileInputs.Hostile;

namespace MemoryCluster.Gateway.Tests.HostileInputs;

/// <summary>Inputs 13 to 32: what JSON readers let through.</summary>
internal static class JsonInputs
{
    private const string Path = "/api/v1/memories";
    private const string Good = $$"""{"team":"t","agent":"a","text":"{{HostileInput.Marker}}"}""";

    public static IEnumerable<HostileInput> All =>
    [
        Bytes("13 invalid UTF-8", "json_invalid", [.. "{\"team\":\"t\",\"agent\":\"a\",\"text\":\"zq7marker"u8, 0xFF, .. "\"}"u8]),
        Bytes("13 invalid UTF-8 in a name", "json_invalid", [.. "{\"te"u8, 0xC3, .. "am\":\"t\"}"u8]),
        Bytes("13 invalid UTF-8 in metadata", "json_invalid", [.. "{\"team\":\"t\",\"agent\":\"a\",\"text\":\"x\",\"metadata\":{\"m\":\""u8, 0x80, .. "\"}}"u8]),
        Bytes("14 overlong UTF-8", "json_invalid", [.. "{\"team\":\"t\",\"agent\":\"a\",\"text\":\""u8, 0xC1, 0x81, .. "\"}"u8]),
        Bytes("14 overlong NUL", "json_invalid", [.. "{\"team\":\"t\",\"agent\":\"a\",\"text\":\""u8, 0xC0, 0x80, .. "\"}"u8]),
        Bytes("15 byte order mark", "json_invalid", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Good)]),
        Bytes("15 UTF-16", "json_invalid", Encoding.Unicode.GetBytes(Good)),
        Bytes("15 UTF-16 with its mark", "json_invalid", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Good)]),
        Text("16 lone surrogate", "json_invalid", @"\ud800"),
        Text("16 surrogates in the wrong order", "json_invalid", @"\udc00\ud800"),
        Memory("16 lone surrogate in metadata", "json_invalid", """,  "metadata":{"m":"\udc00"}"""),
        Memory("16 lone surrogate in the name of metadata", "json_invalid", """,  "metadata":{"\ud800":1}"""),
        Memory("16 lone surrogate in the turn", "json_invalid", """,  "source":{"turn":"\ud800"}"""),
        Body("16 lone surrogate in a name", 400, "json_invalid", Path, """{"\ud800":1}"""),
        Text("17 NUL", "text_forbidden", @"\u0000"),
        Memory("17 NUL in metadata", "text_forbidden", """,  "metadata":{"m":"\u0000"}"""),
        Memory("17 NUL in a tag", "text_forbidden", """,  "tags":["a\u0000b"]"""),
        Memory("17 escape sequence", "text_forbidden", """,  "tags":["\u001b[2J"]"""),
        Memory("18 17 levels", "json_too_deep", $",\"metadata\":{Repeat("{\"m\":", 16)}1{Repeat("}", 16)}"),
        Memory("18 10,000 levels", "json_too_deep", $",\"metadata\":{Repeat("[", 10_000)}{Repeat("]", 10_000)}"),
        Body("18 100,000 open brackets", 400, "json_too_deep", Path, Repeat("[", 100_000)),
        Memory("19 duplicate member", "member_duplicate", ",\"text\":\"other\""),
        Memory("19 duplicate member of an object", "member_duplicate", ",\"source\":{\"session\":\"a\",\"session\":\"b\"}"),
        Memory("19 duplicate in metadata", "member_duplicate", ",\"metadata\":{\"m\":1,\"m\":2}"),
        Memory("20 duplicate by escape", "member_duplicate", """,  "\u0074ext":"other" """),
        Memory("20 duplicate by escape in metadata", "member_duplicate", """,  "metadata":{"m":1,"\u006d":2}"""),
        Memory("20 duplicate in another case", "member_unknown", ",\"Text\":\"other\""),
        Memory("21 unknown member", "member_unknown", ",\"zq7marker\":1"),
        Body("22 required member missing", 400, "member_missing", Path, """{"team":"t","agent":"a"}"""),
        Body("22 team missing", 400, "member_missing", Path, """{"agent":"a","text":"x"}"""),
        Body("22 agent missing", 400, "member_missing", Path, """{"team":"t","text":"x"}"""),
        Body("23 null for a required member", 400, "member_missing", Path, """{"team":"t","agent":"a","text":null}"""),
        Memory("23 null in a list", "type_mismatch", ",\"tags\":[null]"),
        Body("24 top-level null", 400, "type_mismatch", Path, "null"),
        Body("24 top-level array", 400, "type_mismatch", Path, "[]"),
        Body("24 top-level text", 400, "type_mismatch", Path, "\"zq7marker\""),
        Body("24 top-level number", 400, "type_mismatch", Path, "5"),
        Body("24 blank body", 400, "json_invalid", Path, "  "),
        Body("25 trailing garbage", 400, "json_invalid", Path, Good + "zq7marker"),
        Body("25 two documents", 400, "json_invalid", Path, Good + Good),
        Body("25 unfinished document", 400, "json_invalid", Path, Good[..^1]),
        Body("26 comment", 400, "json_invalid", Path, "/* zq7marker */" + Good),
        Body("26 trailing comma", 400, "json_invalid", Path, """{"team":"t","agent":"a","text":"x",}"""),
        Body("26 single quotes", 400, "json_invalid", Path, "{'team':'t'}"),
        Question("27 number as text", "type_mismatch", ",\"k\":\"5\""),
        Question("27 boolean as text", "type_mismatch", ",\"explain\":\"true\""),
        Memory("27 text as number", "type_mismatch", ",\"user\":7"),
        Question("28 2^31", "type_mismatch", ",\"k\":2147483648"),
        Question("28 2^63", "type_mismatch", ",\"minSeq\":9223372036854775808"),
        Memory("28 turn beyond 64 bits", "type_mismatch", ",\"source\":{\"turn\":9223372036854775808}"),
        Question("29 1.0 as a whole number", "type_mismatch", ",\"k\":1.0"),
        Question("29 1e2 as a whole number", "type_mismatch", ",\"k\":1e2"),
        Memory("29 1.5 as a turn", "type_mismatch", ",\"source\":{\"turn\":1.5}"),
        Memory("30 65 metadata members", "metadata_too_large", $",\"metadata\":{{{string.Join(',', Enumerable.Range(0, 65).Select(i => $"\"m{i}\":{i}"))}}}"),
        Memory("30 65 metadata members in two levels", "metadata_too_large", $",\"metadata\":{{\"o\":{{{string.Join(',', Enumerable.Range(0, 64).Select(i => $"\"m{i}\":{i}"))}}}}}"),
        Memory("30 metadata over 8 KB", "metadata_too_large", $",\"metadata\":{{\"m\":\"{Repeat("x", 8 << 10)}\"}}"),
        Memory("30 metadata that is no object", "type_mismatch", ",\"metadata\":[1]"),
        Memory("31 $type", "member_unknown", ",\"$type\":\"System.Object\""),
        Memory("31 __proto__", "member_unknown", ",\"__proto__\":{}"),
        Memory("31 $type in metadata", "metadata_invalid", ",\"metadata\":{\"$type\":\"x\"}"),
        Memory("31 __proto__ in metadata", "metadata_invalid", ",\"metadata\":{\"a\":[{\"__proto__\":{}}]}"),
        Memory("32 array of 10,001", "too_many_items", $",\"tags\":[{string.Join(',', Enumerable.Repeat("\"x\"", 10_001))}]"),
        Memory("32 33 tags", "too_many_items", $",\"tags\":[{string.Join(',', Enumerable.Repeat("\"x\"", 33))}]"),
        Memory("32 33 resources", "too_many_items", $",\"resources\":[{string.Join(',', Enumerable.Repeat("\"x\"", 33))}]"),
    ];

    private static HostileInput Bytes(string name, string code, byte[] body) => new(name, 400, code) { Path = Path, Body = body };
}
