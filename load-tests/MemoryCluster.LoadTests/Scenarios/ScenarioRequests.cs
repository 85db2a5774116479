using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MemoryCluster.Contract;
using MemoryCluster.LoadTests.Http;
using MemoryCluster.LoadTests.Walk;

namespace MemoryCluster.LoadTests.Scenarios;

/// <summary>Requests of the contract's routes, as agents send them.</summary>
internal sealed class ScenarioRequests(Uri url, string key, IReadOnlyList<string> texts, IReadOnlyList<string> questions) : IRequestSource
{
    /// <summary>How long what is written for a while stays; forgotten is what is two of these old.</summary>
    public static readonly TimeSpan While = TimeSpan.FromMinutes(1);

    private readonly HttpRequestBytes _bytes = new(url, key);
    private readonly ConcurrentDictionary<(int Team, int Question), byte[]> _recalls = new();

    // Writes of one run, and of another one against the same server, are no repetitions of each other.
    private readonly string _run = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Stopwatch.GetTimestamp()}");
    private int _written;

    public (byte[] Bytes, int Number) Render(LoadOperation operation, int team, TimeSpan due, Random random) => operation switch
    {
        LoadOperation.Recall => (Recall(team, random.Next(questions.Count)), -1),
        LoadOperation.Remember => Remember(team, run: null),
        LoadOperation.RememberForAWhile => Remember(team, RunAt(due)),
        LoadOperation.Forget => (Forget(team, RunAt(due - While - While)), -1),
        LoadOperation.Diffuse => (_bytes.Post($"/api/v1/controller/teams/{WalkRequests.Team(team)}/diffuse", "{}"u8), -1),
        _ => throw new UnreachableException($"{operation}"),
    };

    /// <summary>What the text of a write begins with, and no other's.</summary>
    public static string TokenOf(int number) => string.Create(CultureInfo.InvariantCulture, $"w{number}:");

    private string RunAt(TimeSpan due) => string.Create(CultureInfo.InvariantCulture, $"while-{_run}-{(int)Math.Floor(due / While)}");

    private byte[] Recall(int team, int question) => _recalls.GetOrAdd((team, question), _ =>
    {
        var request = new RecallRequest { Team = WalkRequests.Team(team), Agent = WalkRequests.Agent, Query = questions[question] };
        return _bytes.Post("/api/v1/recall", JsonSerializer.SerializeToUtf8Bytes(request, ContractJson.Tolerant.RecallRequest));
    });

    private (byte[] Bytes, int Number) Remember(int team, string? run)
    {
        var number = _written++;
        var memory = WalkRequests.Memory(team, $"{TokenOf(number)} {texts[number % texts.Count]}", _run, number) with { Run = run };
        var json = JsonSerializer.SerializeToUtf8Bytes(memory, ContractJson.Tolerant.RememberRequest);
        return (_bytes.Post("/api/v1/memories", json, string.Create(CultureInfo.InvariantCulture, $"load-{_run}-{number}")), number);
    }

    private byte[] Forget(int team, string run)
    {
        var request = new ForgetRequest { Team = WalkRequests.Team(team), Run = run };
        return _bytes.Post("/api/v1/forget", JsonSerializer.SerializeToUtf8Bytes(request, ContractJson.Tolerant.ForgetRequest));
    }
}
