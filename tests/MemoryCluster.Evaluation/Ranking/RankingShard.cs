using MemoryCluster.Access;
using MemoryCluster.Embedders;
using MemoryCluster.Recall;
using MemoryCluster.Shards;

namespace MemoryCluster.Evaluation.Ranking;

/// <summary>One set in the product's own shard, asked through the product's own candidate search.</summary>
internal sealed class RankingShard
{
    private const int Depth = 10;

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TeamId Team = new("evaluation");
    private static readonly AccessView Access = AccessView.Of(new Caller { Tenant = new TenantId("evaluation"), Key = default }, new DirectorySnapshot { Version = 0 });

    private readonly StaticEmbedder _embedder;
    private readonly ShardState _state;

    public RankingShard(RankingSet set, StaticEmbedder embedder)
    {
        _embedder = embedder;
        _state = new ShardState(embedder.Model);
        foreach (var (position, draft) in set.Drafts.Index())
        {
            _state.Put(Record(draft, position), embedder.Embed(draft.Text));
        }
    }

    public int Count => _state.Count;

    /// <summary>The candidates of a question with their features; positions are the drafts'.</summary>
    public RankingSample Ask(RankingSet set, RankingQuestion question)
    {
        var query = Query(question, RecallChannels.All);
        var candidates = Candidates.Current;
        new EvidenceSearch(_state, Ask(query), new RecallFilter(_state, query, Access, Now), candidates).Run(Now);
        var features = new float[candidates.Ordinals.Length][];
        var isGold = new bool[features.Length];
        for (var number = 0; number < features.Length; number++)
        {
            features[number] = candidates.FeaturesOf(number).ToArray();
            isGold[number] = question.Gold.Contains(candidates.Ordinals[number]);
        }

        return new RankingSample(set.Name, question.Category, features, isGold, question.Gold.Count);
    }

    /// <summary>The share of the evidence among the first ten as the product ranks them, by the channels given.</summary>
    public double RecallOf(RankingQuestion question, RecallChannels channels)
    {
        var query = Query(question, channels);
        var answer = ShardSearch.Run(_state, Ask(query), Access, 0, Now);
        var found = RecallFusion.Fuse([answer], query).Select(hit => _state.Find(hit.Memory.Id)!.Ordinal);
        return (double)found.Count(question.Gold.Contains) / question.Gold.Count;
    }

    private ShardQuery Ask(RecallQuery query) => new(query, [_embedder.Embed(query.Text)], 0);

    private static RecallQuery Query(RankingQuestion question, RecallChannels channels) => new()
    {
        Team = Team, Caller = Access.Caller, Text = question.Text, K = Depth, Channels = channels,
    };

    // Ids in the order of writing, so that ties fall as they do in the product.
    private static MemoryRecord Record(MemoryDraft draft, int position) => new()
    {
        Id = new MemoryId(new Guid(position + 1, 0, 0, new byte[8])),
        Version = 1,
        Seq = position + 1,
        Team = Team,
        Kind = draft.Kind,
        Visibility = draft.Visibility,
        State = MemoryState.Active,
        Text = draft.Text,
        Provenance = new Provenance { Agents = [new AgentId("reader")], Source = draft.Source },
        Times = new MemoryTimes { CreatedAt = Now, UpdatedAt = Now, OccurredAt = draft.OccurredAt },
    };
}
