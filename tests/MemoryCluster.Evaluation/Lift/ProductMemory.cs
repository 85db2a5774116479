using System.Collections.Immutable;
using MemoryCluster.Access;
using MemoryCluster.Admission.Gate;
using MemoryCluster.Admission.Runs;
using MemoryCluster.Controller;
using MemoryCluster.Embedders;
using MemoryCluster.Recall;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Memory;

namespace MemoryCluster.Evaluation.Lift;

/// <summary>
/// The product's own controller and shard of one team in this process, and what its grains do between them: embed, remember, settle, confirm,
/// and the upkeep's learning.
/// </summary>
internal sealed class ProductMemory : IAsyncDisposable
{
    private const int Hits = 20;
    private const int EffectsMax = 64;
    private const int DecisionsMax = 1_000_000;

    private static readonly TeamId Team = new("evaluation");
    private static readonly TenantId Tenant = new("evaluation");
    private static readonly Caller Operator = new() { Tenant = Tenant, Key = default };

    private readonly StaticEmbedder _embedder;
    private readonly StreamClock _clock;
    private readonly ControllerEngine _controller;
    private readonly ShardEngine _shard;
    private readonly DirectorySnapshot _directory;
    private readonly Dictionary<string, Candidate> _candidates = new(StringComparer.Ordinal);

    private ProductMemory(StaticEmbedder embedder, StreamClock clock, ControllerEngine controller, ShardEngine shard, DirectorySnapshot directory) =>
        (_embedder, _clock, _controller, _shard, _directory) = (embedder, clock, controller, shard, directory);

    public static async Task<ProductMemory> StartAsync(StaticEmbedder embedder, GatePolicy gate, TeamPolicy policy, IEnumerable<UserId> users)
    {
        var clock = new StreamClock();
        var stores = new InMemoryShardStores();
        var random = new Random(1);
        ImmutableHashSet<AgentId> agents = [.. Enumerable.Range(0, 16).Select(StreamRun.AgentOf)];
        var directory = new DirectorySnapshot { Version = 0, Callable = users.ToImmutableDictionary(user => user, _ => agents) };
        var controller = await ControllerEngine.OpenAsync(
            new ControllerEngineOptions { Tenant = Tenant, Team = Team, TeamNumber = 1, FirstGate = gate }, stores, clock, random, default);
        await controller.SetPolicyAsync(policy, default);
        var options = new ShardEngineOptions { Shard = new ShardId(Tenant, Team, 0), TeamNumber = 1, Model = embedder.Model, Policy = controller.Policy };
        return new ProductMemory(embedder, clock, controller, await ShardEngine.OpenAsync(options, stores, clock, random, default), directory);
    }

    /// <summary>How the controller stands.</summary>
    public ControllerView View => _controller.View;

    /// <summary>What was taken from runs, by its text.</summary>
    public Candidate CandidateOf(MemoryRecord memory) => _candidates.GetValueOrDefault(memory.Text) ?? new Candidate
    {
        Step = 0, Kind = memory.Kind, Agents = memory.Provenance.Agents, Question = memory.Text.Split('\n')[0], Text = memory.Text,
    };

    /// <summary>A passage that one user holds alone: read like what a step would find that reads it.</summary>
    public Task HoldAsync(UserId user, HeldPassage passage)
    {
        _candidates[passage.Text] = new Candidate
        {
            Step = 0, Kind = MemoryKind.Step, Agents = [StreamRun.AgentOf(0)], Question = $"{HeldPassage.Tool} {passage.Title}", Tool = HeldPassage.Tool,
            Signature = ActionKey.Of(HeldPassage.Tool, passage.Title), Text = passage.Text,
        };
        var draft = Draft(passage.Text) with { Visibility = Visibility.Private, User = user };
        return _shard.RememberAsync(new RememberCommand(StreamRun.AgentOf(0), draft, null), default);
    }

    /// <summary>What stands as decided now, of everything that was taken from runs, and what was decided of it.</summary>
    public async Task<IReadOnlyList<(CandidateDecision Decision, Candidate Candidate)>> StandingAsync()
    {
        var everything = AccessView.Of(Operator, _directory);
        var standing = new List<(CandidateDecision, Candidate)>();
        var page = await _controller.ListDecisionsAsync(null, DecisionsMax, everything, default);
        foreach (var decision in page.Items.Where(decision => decision.Memory is not null))
        {
            if (await _shard.GetAsync(decision.Memory!.Value, everything, default) is { } memory && _candidates.TryGetValue(memory.Text, out var candidate))
            {
                standing.Add((decision, candidate));
            }
        }

        return standing;
    }

    /// <summary>What the team's agent, or the user's, is shown for a question.</summary>
    /// <param name="text">The question.</param>
    /// <param name="user">On whose behalf; null where on nobody's.</param>
    /// <param name="tokens">What the hits may take together.</param>
    /// <param name="isShown">What is left in: a control shows less than there is.</param>
    public async Task<ImmutableArray<RecallHit>> RecallAsync(string text, UserId? user, int tokens, Func<MemoryRecord, bool> isShown)
    {
        var caller = Operator with { Team = Team, Agent = StreamRun.AgentOf(0), User = user };
        var query = new RecallQuery { Team = Team, Caller = caller, Text = text, K = Hits, TokenBudget = tokens };
        var answer = await _shard.SearchAsync(new ShardQuery(query, [_embedder.Embed(text)], 0), AccessView.Of(caller, _directory), default);
        return RecallFusion.Fuse([answer with { Candidates = [.. answer.Candidates.Where(hit => isShown(hit.Memory))] }], query);
    }

    /// <summary>Reports a run, tells the shard what was decided, and does what upkeep does.</summary>
    public async Task<RunReport> SubmitAsync(RunDraft run)
    {
        _clock.Advance();
        foreach (var candidate in CandidateExtraction.Of(run))
        {
            _candidates[candidate.Text] = candidate;
        }

        var id = await _controller.SubmitRunAsync(run, _directory, null, default);
        for (var pending = _controller.PendingEffects(EffectsMax); !pending.IsEmpty; pending = _controller.PendingEffects(EffectsMax))
        {
            foreach (var effect in pending)
            {
                await CarryOutAsync(effect);
            }
        }

        if (_controller.NextToLearn() is { } memories)
        {
            var uses = await _shard.FindAsync(memories, default);
            await _controller.LearnAsync(uses.ToDictionary(use => use.Memory, use => use.Uses), default);
        }

        return (await _controller.GetRunAsync(id, AccessView.Of(Operator, _directory), default))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _controller.DisposeAsync();
        await _shard.DisposeAsync();
    }

    private async Task CarryOutAsync(ControllerEffect effect)
    {
        switch (effect)
        {
            case ControllerEffect.Remember remember:
                var draft = remember.Draft with { Embedding = _embedder.Embed(remember.Draft.Text) };
                var result = await _shard.RememberAsync(new RememberCommand(remember.Agent, draft, remember.Operation), default);
                await _controller.ConfirmAsync(effect, result, isGone: false, default);
                break;
            case ControllerEffect.Settle settle:
                var isThere = await _shard.SettleAsync(settle.Memory, settle.Grant, settle.Operation, default);
                await _controller.ConfirmAsync(effect, null, isGone: !isThere, default);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(effect), effect, "A new effect needs to be carried out here.");
        }
    }

    private MemoryDraft Draft(string text) => new()
    {
        Text = text, Kind = MemoryKind.Fact, Visibility = Visibility.Team, WrittenBy = default, Embedding = _embedder.Embed(text),
    };
}
