using System.Collections.Immutable;
using MemoryCluster.Access;
using MemoryCluster.Embedders;
using MemoryCluster.Recall;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Memory;

namespace MemoryCluster.Evaluation.Consolidation;

/// <summary>The advice of several agents in one team's shard, the product's own.</summary>
internal sealed class AdviceShard
{
    private const int Depth = 10;
    private const int PageMax = 10_000;

    private static readonly TeamId Team = new("evaluation");
    private static readonly TenantId Tenant = new("evaluation");
    private static readonly AccessView Access = AccessView.Of(new Caller { Tenant = Tenant, Key = default }, new DirectorySnapshot { Version = 0 });

    private readonly StaticEmbedder _embedder;
    private readonly ShardEngine _engine;
    private readonly List<MemoryId> _ids = [];

    private AdviceShard(StaticEmbedder embedder, ShardEngine engine) => (_embedder, _engine) = (embedder, engine);

    /// <summary>The memory that each piece of advice became, in their order.</summary>
    public IReadOnlyList<MemoryId> Ids => _ids;

    public static async Task<AdviceShard> FillAsync(StaticEmbedder embedder, IReadOnlyList<Advice> advice, ConsolidationPolicy policy, Func<Advice, string> textOf)
    {
        var options = new ShardEngineOptions
        {
            Shard = new ShardId(Tenant, Team, 0), TeamNumber = 1, Model = embedder.Model, Policy = new TeamPolicy { Consolidation = policy },
        };
        var engine = await ShardEngine.OpenAsync(options, new InMemoryShardStores(), TimeProvider.System, new Random(1), default);
        var shard = new AdviceShard(embedder, engine);
        foreach (var piece in advice)
        {
            var text = textOf(piece);
            var draft = new MemoryDraft { Text = text, Kind = MemoryKind.Procedure, Visibility = Visibility.Team, WrittenBy = default, Embedding = embedder.Embed(text) };
            shard._ids.Add((await engine.RememberAsync(new RememberCommand(piece.Author, draft, null), default)).Id);
        }

        return shard;
    }

    public Task<ConsolidationReport> ConsolidateAsync() =>
        _engine.ConsolidateAsync(int.MaxValue, (text, _) => Task.FromResult(_embedder.Embed(text)), default);

    public async Task<ImmutableArray<MemoryRecord>> ListAsync(MemoryState state) =>
        (await _engine.ListAsync(new MemoryListQuery { Limit = PageMax, State = state }, Access, default)).Items;

    public async Task<MemoryRecord> GetAsync(MemoryId id) => (await _engine.GetAsync(id, Access, default))!;

    /// <summary>What a memory is found as: itself, or what stands for it in the end.</summary>
    public async Task<MemoryRecord> FoundAsAsync(MemoryId id)
    {
        var memory = await GetAsync(id);
        return memory.MergedInto() is { } by ? await FoundAsAsync(by) : memory;
    }

    /// <summary>Whether a question finds the memory, or what stands for it, among the first ten.</summary>
    public async Task<bool> FindsAsync(string question, MemoryId id)
    {
        var query = new RecallQuery { Team = Team, Caller = Access.Caller, Text = question, K = Depth };
        var answer = await _engine.SearchAsync(new ShardQuery(query, [_embedder.Embed(question)], 0), Access, default);
        var wanted = (await FoundAsAsync(id)).Id;
        return RecallFusion.Fuse([answer], query).Any(hit => hit.Memory.Id == wanted);
    }
}
