using System.Globalization;
using System.Text.Json;
using MemoryCluster.Contract;
using MemoryCluster.LoadTests.Http;

namespace MemoryCluster.LoadTests.Walk;

/// <summary>The requests of a run, rendered before anything is measured.</summary>
internal sealed class WalkRequests(Uri url, string key, int teams, IReadOnlyList<string> texts, IReadOnlyList<string> questions)
{
    public const string Agent = "load";

    private readonly HttpRequestBytes _bytes = new(url, key);
    private int _written;

    public static string Team(int number) => string.Create(CultureInfo.InvariantCulture, $"walk-{number}");

    /// <summary>Every question to every team once, in mixed order.</summary>
    public byte[][] Recalls(Random random)
    {
        byte[][] requests = [.. questions.SelectMany(question => Enumerable.Range(0, teams).Select(team => Recall(question, team)))];
        random.Shuffle(requests);
        return requests;
    }

    public byte[][] TeamReads() => [.. Enumerable.Range(0, teams).Select(team => _bytes.Get($"/api/v1/teams/{Team(team)}"))];

    /// <summary>New memories: real texts, each a source turn of its own, to all teams in turn, under a key each as the SDK sends them.</summary>
    public byte[][] Writes(int count) => [.. Enumerable.Range(0, count).Select(_ => Write(_written % teams, _written++))];

    /// <summary>The like for as many teams behind those that are measured.</summary>
    public byte[][] WarmUpWrites(int count) => [.. Enumerable.Range(0, count).Select(_ => Write(teams + (_written % teams), _written++))];

    public static RememberRequest Memory(int team, string text, string session, int turn) => new()
    {
        Team = Team(team),
        Agent = Agent,
        Text = text,
        Kind = MemoryKind.Episode,
        Source = new SourceBody { Session = session, Turn = RawJson.Of(turn) },
    };

    private byte[] Recall(string question, int team)
    {
        var request = new RecallRequest { Team = Team(team), Agent = Agent, Query = question };
        return _bytes.Post("/api/v1/recall", JsonSerializer.SerializeToUtf8Bytes(request, ContractJson.Tolerant.RecallRequest));
    }

    private byte[] Write(int team, int number)
    {
        var memory = Memory(team, texts[number % texts.Count], "writes", number);
        var json = JsonSerializer.SerializeToUtf8Bytes(memory, ContractJson.Tolerant.RememberRequest);
        return _bytes.Post("/api/v1/memories", json, string.Create(CultureInfo.InvariantCulture, $"walk-write-{number}"));
    }
}
