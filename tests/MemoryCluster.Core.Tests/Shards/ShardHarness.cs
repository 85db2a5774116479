using MemoryCluster.Access;
using MemoryCluster.Index.Vectors;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Memory;

namespace MemoryCluster.Core.Tests.Shards;

/// <summary>A shard engine over an in-memory store, with a clock that tests move and vectors that tests can foresee.</summary>
internal sealed class ShardHarness : IAsyncDisposable
{
    public static readonly TenantId Tenant = new("acme");
    public static readonly TeamId Team = new("red");
    public static readonly AgentId Agent = new("scout");
    public static readonly KeyId Key = new(new Guid(1, 0, 0, new byte[8]));
    public static readonly EmbedderModel Model = new("test", 64);

    private readonly IShardStores _stores;
    private readonly Random _random;

    private ShardHarness(IShardStores stores, int seed)
    {
        _stores = stores;
        _random = new Random(seed);
    }

    public ManualClock Clock { get; } = new();

    public ShardEngine Engine { get; private set; } = null!;

    /// <summary>The model that the shard is opened for.</summary>
    public EmbedderModel OpenedFor { get; set; } = Model;

    /// <summary>The policy that the shard is opened with.</summary>
    public TeamPolicy Policy { get; set; } = new();

    public static AccessView Everything { get; } =
        AccessView.Of(new Caller { Tenant = Tenant, Key = Key }, new DirectorySnapshot { Version = 0 });

    public static async Task<ShardHarness> StartAsync(IShardStores? stores = null, int seed = 1)
    {
        var harness = new ShardHarness(stores ?? new InMemoryShardStores(), seed);
        await harness.ReopenAsync();
        return harness;
    }

    /// <summary>Over other stores, with the same policy and at the same time.</summary>
    public async Task<ShardHarness> StartAnotherAsync(IShardStores stores)
    {
        var other = new ShardHarness(stores, seed: 1) { Policy = Policy, OpenedFor = OpenedFor };
        other.Clock.Advance(Clock.GetUtcNow() - other.Clock.GetUtcNow());
        await other.ReopenAsync();
        return other;
    }

    /// <summary>Opens the shard again, as after a crash: the engine before is fenced, not told.</summary>
    public async Task ReopenAsync() => Engine = await OpenAnotherAsync();

    public Task<ShardEngine> OpenAnotherAsync() => ShardEngine.OpenAsync(
        new ShardEngineOptions { Shard = new ShardId(Tenant, Team, 0), TeamNumber = 7, Model = OpenedFor, Policy = Policy }, _stores, Clock, _random, default);

    public Task<RememberResult> RememberAsync(
        string text, MemoryKind kind = MemoryKind.Fact, AgentId? agent = null, UserId? user = null, OperationId? operation = null,
        SourceRef? source = null) =>
        Engine.RememberAsync(Command(text, kind, agent, user, operation, source), default);

    public static RememberCommand Command(
        string text, MemoryKind kind = MemoryKind.Fact, AgentId? agent = null, UserId? user = null, OperationId? operation = null,
        SourceRef? source = null) =>
        new(
            agent ?? Agent,
            new MemoryDraft
            {
                Text = text, Kind = kind, Visibility = Visibility.Team, User = user, Source = source, WrittenBy = Key, Embedding = Embed(text),
            },
            operation);

    public Task<MemoryRecord?> GetAsync(MemoryId id) => Engine.GetAsync(id, Everything, default);

    public async Task<ImmutableArray<RecallHit>> RecallAsync(string text, int k = 10, RecallQuery? like = null)
    {
        var query = (like ?? new RecallQuery { Team = Team, Caller = Everything.Caller, Text = text, K = k }) with { Text = text, K = k };
        var answer = await Engine.SearchAsync(new ShardQuery(query, [Embed(text)], 0), Everything, default);
        return MemoryCluster.Recall.RecallFusion.Fuse([answer], query);
    }

    public Task<ConsolidationReport> ConsolidateAsync(int max = 1_000) =>
        Engine.ConsolidateAsync(max, static (text, _) => Task.FromResult(Embed(text)), default);

    public ValueTask DisposeAsync() => Engine.DisposeAsync();

    /// <summary>Words hashed into a few dimensions: near for texts that share words.</summary>
    public static Embedding Embed(string text)
    {
        var vector = new float[Model.Dimensions];
        foreach (var word in text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var hash = word.Aggregate(17u, (sum, c) => (sum * 31) + c);
            vector[hash % vector.Length] += 1;
        }

        vector[0] += 0.01f;
        UnitVector.TryNormalize(vector);
        return Embedding.FromVector(Model.Id, vector);
    }
}
