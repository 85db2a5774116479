namespace MemoryCluster.Client.Tests;

/// <summary>Answers as the contract words them.</summary>
internal static class Answers
{
    public const string Remembered = """{"id":"m1","decision":"admitted","reason":"new","version":1,"seq":7}""";

    public const string Team =
        """{"id":"t","domain":"d","createdAt":"2026-01-02T03:04:05+00:00","agents":[],"shards":1,"seq":0,"memories":0,"candidates":0,"quarantined":0,"outcomes":0}""";

    public const string Agent = """{"id":"a","createdAt":"2026-01-02T03:04:05+00:00"}""";

    public const string Recalled = """{"recallId":"r1","tookMs":1.5,"partial":false,"shardsAsked":1,"shardsAnswered":1,"hits":[]}""";

    public const string Deleted = """{"deleted":["m1"],"receipt":{"at":"2026-01-02T03:04:05+00:00","seq":9}}""";

    public const string Forgotten = """{"deleted":3,"derived":1,"receipt":{"at":"2026-01-02T03:04:05+00:00"}}""";

    public const string Certificate =
        """
        {"memoryId":"m1","textHash":"0","replayer":"evidence","confidence":0.95,"effectMin":0.02,"tokenCost":0.1,"latencyCost":0.05,
        "decision":{"id":"d","runId":"r1","step":0,"kind":"step","decision":"admitted","reason":"gate","at":"2026-01-02T03:04:05+00:00",
        "probability":0.5,"propensity":1,"explored":false,"policyVersion":1,"features":{},"evidence":[]},"replayed":0,"differing":[],"holds":true}
        """;

    public static string Memory(string id) =>
        $$"""
        {"id":"{{id}}","team":"t","agent":"a","text":"x","kind":"fact","visibility":"team","state":"active",
        "provenance":{"agents":["a"],"resources":[],"writtenBy":"k"},"weight":1,"uses":0,"confirmations":0,"trust":1,
        "validity":{},"version":2,"seq":4,"createdAt":"2026-01-02T03:04:05+00:00","updatedAt":"2026-01-02T03:04:05+00:00",
        "links":{"derivedFrom":[],"evidence":[]},"reason":"new"}
        """;

    public const string Replayer =
        """{"name":"agents","url":"https://agents.example.org/","createdAt":"2026-01-01T00:00:00Z","changedAt":"2026-01-01T00:00:00Z"}""";
}
