using MemoryCluster.Access;
using MemoryCluster.Admission.Gate;
using MemoryCluster.Controller;
using MemoryCluster.Core.Tests.Shards;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Memory;
using MemoryCluster.TestKit.Stores;

namespace MemoryCluster.Core.Tests.Controller;

/// <summary>A controller's engine over a store in memory, with a gate that makes a candidate of everything: replays alone decide.</summary>
internal sealed class ControllerHarness : IAsyncDisposable
{
    public static readonly TeamId Team = new("red");
    public static readonly DirectorySnapshot Directory = new() { Version = 0 };

    private static readonly TenantId Tenant = new("acme");

    private readonly RecordingShardStores _stores = new(new InMemoryShardStores(), _ => true);
    private readonly Random _random = new(1);
    private int _memories;

    public ManualClock Clock { get; } = new();

    public ControllerEngine Engine { get; private set; } = null!;

    /// <summary>Who may see what, and who replays.</summary>
    public DirectorySnapshot Now { get; set; } = Directory;

    public static AccessView Everything { get; } = AccessView.Of(new Caller { Tenant = Tenant, Key = default }, Directory);

    /// <summary>A gate that can tell nothing apart.</summary>
    public static GatePolicy Undecided { get; } =
        new() { Version = 1, Weights = [.. new double[GateFeatures.Count]], AdmitProbability = 0.9, CandidateProbability = 0.1, Exploration = 0 };

    public static ControllerEngineOptions Options { get; } =
        new() { Tenant = Tenant, Team = Team, TeamNumber = 7, FirstGate = Undecided, BuiltInReplayers = [ReplayerNames.Chat] };

    /// <summary>All that became durable, in its order.</summary>
    public IReadOnlyList<ShardMutation> Log => _stores.LogOf(StoreId.ForController(Tenant, Team));

    /// <summary>The gate that it begins with.</summary>
    public GatePolicy FirstGate { get; private init; } = Undecided;

    public static async Task<ControllerHarness> StartAsync(GatePolicy? gate = null)
    {
        var harness = new ControllerHarness { FirstGate = gate ?? Undecided };
        await harness.ReopenAsync();
        return harness;
    }

    /// <summary>Opens the controller again, as after a crash: the engine before is fenced, not told.</summary>
    public async Task ReopenAsync() => Engine = await ControllerEngine.OpenAsync(
        Options with { FirstGate = FirstGate }, _stores, Clock, _random, default);

    /// <summary>Submits a run and carries out what it asks for.</summary>
    public async Task<RunReport> SubmitAsync(RunDraft run)
    {
        var id = await AcceptAsync(run);
        await CarryOutAsync();
        return await GetAsync(id);
    }

    public Task<RunId> AcceptAsync(RunDraft run, OperationId? operation = null)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        return Engine.SubmitRunAsync(run, Now, operation, default);
    }

    /// <summary>Plays the shard, to which everything is new.</summary>
    public async Task<ImmutableArray<ControllerEffect>> CarryOutAsync()
    {
        var effects = Engine.PendingEffects(100);
        foreach (var effect in effects)
        {
            var result = effect is ControllerEffect.Remember remember
                ? new RememberResult
                {
                    Id = MemoryId.New(Clock.GetUtcNow(), (ulong)++_memories, 7), Decision = remember.Draft.Grant!.Decision, Reason = remember.Draft.Grant.Reason,
                }
                : null;
            await Engine.ConfirmAsync(effect, result, isGone: false, default);
        }

        return effects;
    }

    public async Task<RunReport> GetAsync(RunId id) => (await Engine.GetRunAsync(id, Everything, default))!;

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
