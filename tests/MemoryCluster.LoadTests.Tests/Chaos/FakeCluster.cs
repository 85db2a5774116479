using System.Collections.Concurrent;
using System.Text.Json;
using MemoryCluster.Client;
using MemoryCluster.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.LoadTests.Tests.Chaos;

/// <summary>A server that shows what a test puts into its three views, true or not.</summary>
internal sealed class FakeCluster : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeCluster(WebApplication app) => _app = app;

    public MemoryClusterClient Client { get; private set; } = null!;

    public ConcurrentDictionary<string, MemoryResponse> ById { get; } = new();

    public List<MemoryResponse> Listed { get; } = [];

    public HashSet<string> Recalled { get; } = [];

    /// <summary>Recalls that are answered first with nothing and partially.</summary>
    public int PartialAnswers { get; set; }

    public static async Task<FakeCluster> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var cluster = new FakeCluster(app);
        app.MapGet("/api/v1/memories/{id}", (string id) => cluster.ById.TryGetValue(id, out var memory)
            ? Json(memory, ContractJson.Strict.MemoryResponse)
            : Results.Text("""{"type":"x","title":"x","status":404,"code":"not_found","detail":"x"}""", "application/problem+json", statusCode: 404));
        app.MapGet("/api/v1/memories", () => Json(new MemoryListResponse { Items = cluster.Listed }, ContractJson.Strict.MemoryListResponse));
        app.MapPost("/api/v1/recall", cluster.RecallAsync);
        await app.StartAsync();
        cluster.Client = new MemoryClusterClient(new Uri(app.Urls.First()), key: null);
        return cluster;
    }

    /// <summary>Puts a memory into all views.</summary>
    public void Show(string id, string text, int version = 1)
    {
        var memory = new MemoryResponse
        {
            Id = id, Team = "t", Agent = "a", Text = text, Kind = MemoryKind.Episode, Visibility = Visibility.Team, State = MemoryState.Active,
            Provenance = new ProvenanceBody { Agents = ["a"], Resources = [], WrittenBy = "k" },
            Weight = 1, Uses = 0, Confirmations = 0, Trust = 1, Validity = new ValidityBody(), Version = version, Seq = 1,
            CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
            Links = new LinksBody { DerivedFrom = [], Evidence = [] }, Reason = "new",
        };
        ById[id] = memory;
        Listed.Add(memory);
        Recalled.Add(id);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private async Task<IResult> RecallAsync(HttpRequest http)
    {
        var request = (await JsonSerializer.DeserializeAsync(http.Body, ContractJson.Strict.RecallRequest))!;
        var isPartial = PartialAnswers-- > 0;
        var hits = ById.Values.Where(memory => !isPartial && Recalled.Contains(memory.Id) && memory.Text == request.Query);
        return Json(new RecallResponse
        {
            RecallId = "r", TookMs = 1, Partial = isPartial, ShardsAsked = 1, ShardsAnswered = isPartial ? 0 : 1,
            Hits = [.. hits.Select(memory => new RecallHitBody
            {
                Id = memory.Id, Text = memory.Text, Kind = memory.Kind, Team = "t", Agent = "a", Score = 1, Weight = 1, Trust = 1, Version = memory.Version,
            })],
        }, ContractJson.Strict.RecallResponse);
    }

    private static IResult Json<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        Results.Text(JsonSerializer.Serialize(value, type), "application/json");
}
