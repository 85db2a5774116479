using System.Collections.Immutable;
using MemoryCluster.Embedders;
using MemoryCluster.Evaluation.Lift;
using MemoryCluster.Grains;
using MemoryCluster.TestKit.Clusters;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryCluster.Evaluation.Teams;

/// <summary>Four teams on the product's own grains, each with the passages that it was dealt.</summary>
internal sealed class TeamsCluster : IAsyncDisposable
{
    public const int Depth = 10;

    // Recall has no way to leave out what other teams share: a team alone reads its own of many hits.
    private const int AloneDepth = 200;
    private const int BatchMax = 100;
    private const int ListMax = 10_000;

    private static readonly ResourceId Vault = new("vault");
    private static readonly Caller Operator = new() { Tenant = TestCluster.Tenant, Key = default };

    private readonly TestCluster _cluster;
    private readonly Dictionary<MemoryId, DealtPassage> _held = [];

    private TeamsCluster(TestCluster cluster) => _cluster = cluster;

    public static async Task<TeamsCluster> StartAsync(Deal deal, Visibility visibility, DiffusionPolicy diffusion)
    {
        var cluster = await TestCluster.StartAsync(services => services.AddSingleton<IEmbedder>(new StaticEmbedder()));
        var teams = new TeamsCluster(cluster);
        for (var team = 0; team < Deal.Teams; team++)
        {
            await cluster.PutTeamAsync(TeamOf(team), AgentOf(team));
            if (team < Deal.Privileged)
            {
                await cluster.Directory.GrantAsync(new AccessEdge.AgentResource(AgentOf(team), Vault), default);
            }

            var policy = await cluster.ControllerOf(TeamOf(team)).GetPolicyAsync(default);
            await cluster.ControllerOf(TeamOf(team)).SetPolicyAsync(policy with { Diffusion = diffusion with { Automatic = false } }, default);
            foreach (var batch in deal.Passages.Values.Where(passage => passage.Team == team).Chunk(BatchMax))
            {
                var written = await cluster.RememberManyAsync(TeamOf(team), AgentOf(team), batch.Select(passage => DraftOf(passage, visibility)));
                foreach (var (passage, outcome) in batch.Zip(written))
                {
                    teams._held[outcome.Result!.Id] = passage;
                }
            }
        }

        return teams;
    }

    /// <summary>What the team's agent is shown, each hit as the passage that it is or is a copy of.</summary>
    /// <param name="question">What it asks.</param>
    /// <param name="isAlone">Whether it reads only what its own team holds.</param>
    public async Task<TeamsAnswer> AskAsync(DealtQuestion question, bool isAlone)
    {
        var query = new RecallQuery
        {
            Team = TeamOf(question.Team), Caller = CallerOf(question.Team), Text = question.Text, K = isAlone ? AloneDepth : Depth,
        };
        var answer = await _cluster.Grains.GetGrain<IRecallGrain>(GrainKey.Of(TestCluster.Tenant)).RecallAsync(query, default);
        var read = answer.Hits.Where(hit => !isAlone || hit.Memory.Team == query.Team).Take(Depth);
        return new TeamsAnswer(answer.Id, [.. read.Select(hit => new TeamsHit(hit.Memory, _held[hit.Memory.Diffusion?.Source ?? hit.Memory.Id]))]);
    }

    /// <summary>Says which of the hits helped.</summary>
    public Task ReportAsync(DealtQuestion question, TeamsAnswer answer, ImmutableArray<MemoryId> used) => _cluster.TeamOf(TeamOf(question.Team))
        .RecordOutcomeAsync(CallerOf(question.Team), new RecallOutcome { Recall = answer.Id, Reward = used.IsEmpty ? 0 : 1, Used = used }, default);

    /// <summary>Every team offers what has proved itself, until nothing changes.</summary>
    public async Task<int> DiffuseAsync()
    {
        var offered = 0;
        for (var team = 0; team < Deal.Teams; team++)
        {
            var ledger = _cluster.Grains.GetGrain<IDiffusionGrain>(GrainKey.Of(TestCluster.Tenant, TeamOf(team)));
            for (var changed = await ledger.RunAsync(mayOffer: true, default); !changed.Changed.IsEmpty; changed = await ledger.RunAsync(mayOffer: true, default))
            {
                offered += changed.Changed.Count(entry => entry.Status == DiffusionStatus.Offered);
            }
        }

        return offered;
    }

    /// <summary>Memories that a team holds, its own and copies.</summary>
    public async Task<IReadOnlyList<MemoryRecord>> HeldByAsync(int team)
    {
        var held = new List<MemoryRecord>();
        var page = await _cluster.TeamOf(TeamOf(team)).ListAsync(Operator, new MemoryListQuery { Limit = ListMax, IncludeArchived = true }, default);
        held.AddRange(page.Items);
        return held;
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private static TeamId TeamOf(int team) => new($"team{team}");

    private static AgentId AgentOf(int team) => StreamRun.AgentOf(team);

    private static Caller CallerOf(int team) => TestCluster.CallerOf(TeamOf(team), AgentOf(team));

    private static MemoryDraft DraftOf(DealtPassage passage, Visibility visibility) =>
        TestCluster.Draft(passage.Passage.Text, visibility) with { Resources = passage.IsRestricted ? [Vault] : [] };
}
