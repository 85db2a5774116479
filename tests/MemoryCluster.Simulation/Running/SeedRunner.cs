using MemoryCluster.Access;
using MemoryCluster.Controller;
using MemoryCluster.Embedders;
using MemoryCluster.Grains.Hosting;
using MemoryCluster.LocalEngine;
using MemoryCluster.LocalEngine.Simulation;
using MemoryCluster.Shards;
using MemoryCluster.Simulations.Checking;
using MemoryCluster.Simulations.Histories;
using MemoryCluster.Simulations.Scenarios;
using MemoryCluster.Simulations.Stores;
using MemoryCluster.Storage.Memory;
using MemoryCluster.TestKit.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryCluster.Simulations.Running;

/// <summary>Runs seeds one after another. Not for several threads: the options, which are slow to make, are used again.</summary>
internal sealed class SeedRunner
{
    // So few collide, and a search costs nothing.
    private const int Dimensions = 64;

    // What a seed says besides the engine's own choices.
    private const int PlanSalt = 0x5eed;

    private readonly RunSettings _settings;
    private readonly SimulationOptions _options = new();
    private readonly HashedEmbedder _embedder = new(Dimensions);
    private readonly HashedEmbedder _other = new(ClusterRun.OtherModel.Dimensions);
    private IShardStores _stores = new InMemoryShardStores();
    private OutsideWorld _world = new();
    private int _splitAbove;

    public SeedRunner(RunSettings settings, Action<string>? writeTrace = null)
    {
        _settings = settings;
        _options.WriteTrace = writeTrace;
        _options.ConfigureServices = Configure;
        _options.ReplayCommand = settings.ReplayCommand;
        _options.Engine.GrainAssemblies.Add(typeof(GrainServiceCollectionExtensions).Assembly);
        _options.Engine.ResponseTimeout = TimeSpan.FromSeconds(3);
        _options.FailureDetectionMin = TimeSpan.FromSeconds(1);
        _options.FailureDetectionMax = TimeSpan.FromSeconds(4);
        _options.StaleLifeMax = TimeSpan.FromSeconds(5);
        _options.VirtualTimeMax = TimeSpan.FromMinutes(30);
        _options.StepsMax = 2_000_000;
        (_options.Messages.DelayMax, _options.Stores.DelayMax) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        for (var silo = 0; silo < settings.Silos; silo++)
        {
            _options.Engine.Silos.Add(new SiloOptions());
        }
    }

    public SeedResult Run(int seed)
    {
        var plan = FaultPlan.Draw(new Random(seed ^ PlanSalt));
        plan.ApplyTo(_options);
        _splitAbove = plan.SplitAbove;
        var durable = new RecordingShardStores(new InMemoryShardStores(), id => StoreId.IsController(id.ToString()));
        _stores = _settings.Bug == SeededBug.NoEpochCheck ? new UnfencedShardStores(durable) : durable;
        var history = new History();
        _world = new OutsideWorld();
        try
        {
            var result = LocalEngine.Simulation.Simulation.Run(seed, _options, async cluster =>
            {
                (_world.Clock, _world.Delay) = (cluster.Clock, cluster.DelayAsync);
                history = await new ClusterRun(cluster, plan).RunAsync();
                history = history with { Runs = history.Runs with { Sent = [.. _world.Sent] } };
            });
            return new SeedResult
            {
                Seed = seed, TraceHash = result.TraceHash,
                Splits = ReadDirectoryAsync(durable).GetAwaiter().GetResult().Teams.Values.Sum(team => team.Ranges.Length - 1), History = history, Decided = Decisions(history, durable, out var undecided),
                Violations = [.. HistoryRules.Check(history), .. undecided, .. VerifyStores(durable)],
            };
        }
        catch (SimulationFailedException failure)
        {
            return new SeedResult { Seed = seed, Violations = [new Violation(Rule.Stuck, failure.ToString())] };
        }
    }

    // A controller that never was decides on every run again, from the log alone.
    private static int Decisions(History history, RecordingShardStores stores, out ImmutableArray<Violation> violations)
    {
        var found = ImmutableArray.CreateBuilder<Violation>();
        var options = new ControllerEngineOptions
        {
            Tenant = Cast.Tenant, Team = RunClient.Team, TeamNumber = history.Runs.Directory.Teams[RunClient.Team].Number,
        };
        var check = new DecisionCheck(options, TimeProvider.System);
        foreach (var mutation in stores.LogOf(StoreId.ForController(Cast.Tenant, RunClient.Team)))
        {
            found.AddRange(check.Take(mutation, history.Runs.Directory).Select(difference => new Violation(Rule.Decisions, difference)));
        }

        violations = found.ToImmutable();
        return check.Runs;
    }

    // What the last owners left, read as the next one would.
    private IEnumerable<Violation> VerifyStores(IShardStores stores) =>
        from team in ReadDirectoryAsync(stores).GetAwaiter().GetResult().Teams.Values
        from range in team.Ranges
        from problem in VerifyStoreAsync(stores, StoreId.For(new ShardId(Cast.Tenant, team.Id, range.Partition))).AsTask().GetAwaiter().GetResult()
        select new Violation(Rule.Store, $"Shard {range.Partition} of team {team.Id}: {problem}");

    private static async Task<DirectorySnapshot> ReadDirectoryAsync(IShardStores stores)
    {
        await using var directory = await DirectoryEngine.OpenAsync(Cast.Tenant, stores, TimeProvider.System, default);
        return directory.Snapshot;
    }

    private async ValueTask<IReadOnlyList<string>> VerifyStoreAsync(IShardStores stores, StoreId id)
    {
        await using var store = await stores.OpenAsync(id, default);
        return StoredRecordsVerifier.VerifyShard(await store.ReadRecordsAsync(default).ToListAsync(), store.Seq, _embedder.Model, Embed);
    }

    // Vectors fade in memory and are written anew with their records: what is durable stays what its model said.
    private Embedding? Embed(string model, string text) => new[] { _embedder, _other }.FirstOrDefault(embedder => embedder.Model.Id == model)?.Embed(text);

    private void Configure(IServiceCollection services, SimulatedSilo silo)
    {
        services.AddMemoryClusterGrains(silo.Random.Next());
        // often enough that what upkeep does comes between what clients do
        services.Configure<UpkeepOptions>(upkeep => upkeep.Period = TimeSpan.FromSeconds(4));
        services.Configure<PartitionOptions>(partitions => (partitions.MemoriesMax, partitions.WritesPerSecondMax) = (_splitAbove, 0));
        services.Configure<SummaryOptions>(wording => (wording.RetryDelay, wording.RetryDelayMax) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8)));
        var world = _world;
        services.AddSingleton(new ReplayerSet(new FaultyReplayer(world, new Random(silo.Random.Next())), null));
        services.AddSingleton<ISummaryWriter>(new FaultySummaryWriter(world, new Random(silo.Random.Next())));
        services.AddSingleton(new EmbedderCatalog(_embedder, new Dictionary<string, IEmbedder> { ["other"] = _other }));
        services.AddSingleton<IShardStores>(new FaultyShardStores(_stores, silo.StoreFaults, silo.Random, _settings.Bug));
    }
}
