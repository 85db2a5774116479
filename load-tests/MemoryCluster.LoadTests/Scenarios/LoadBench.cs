using System.Globalization;
using MemoryCluster.Client;
using MemoryCluster.LoadTests.Corpus;
using MemoryCluster.LoadTests.Measuring;
using MemoryCluster.LoadTests.Targets;
using MemoryCluster.LoadTests.Walk;

namespace MemoryCluster.LoadTests.Scenarios;

/// <summary>A server that is started, filled and warm, and the generator beside it.</summary>
internal sealed class LoadBench : IAsyncDisposable
{
    // As many as a gateway lets in however long they wait (SheddingOptions.ConcurrencyMin): a closed loop is refused nothing.
    private const int ClosedLoopCallers = 32;
    private const int ClosedLoopRequestsMax = 40_000;

    private readonly BenchSettings _settings;
    private readonly Action<string> _log;
    private readonly Random _random;
    private readonly Callers _callers;

    private LoadBench(BenchSettings settings, ILoadTarget target, ScenarioRequests requests, Action<string> log)
    {
        (_settings, Target, Requests, _log) = (settings, target, requests, log);
        _random = new Random(settings.Seed);
        _callers = new Callers(target.Url, settings.Callers);
        Client = new MemoryClusterClient(target.Url, target.Key);
    }

    public ILoadTarget Target { get; }

    public ScenarioRequests Requests { get; }

    public MemoryClusterClient Client { get; }

    public int Teams => _settings.Teams;

    /// <summary>Starts what is not running, fills its teams and makes it warm.</summary>
    public static async Task<LoadBench> OpenAsync(
        TargetSettings targetSettings, BenchSettings settings, TimeProvider clock, Action<string> log, CancellationToken cancellationToken)
    {
        var target = await LoadTargets.StartAsync(targetSettings, clock, cancellationToken);
        var (texts, questions) = settings.Corpus is { } folder ? Read(folder) : InventedTexts.Make(settings.Memories, settings.Seed);
        var bench = new LoadBench(settings, target, new ScenarioRequests(target.Url, target.Key, texts, questions), log);
        try
        {
            log($"loading {settings.Memories} memories into {settings.Teams} teams of {target.Description}");
            await WalkLoader.LoadAsync(bench.Client, texts, settings.Memories, settings.Teams, clock, cancellationToken);
            log("warming up");
            await OnThreadAsync(bench.MakeWarm);
            return bench;
        }
        catch
        {
            await bench.DisposeAsync();
            throw;
        }
    }

    public LoadPlan Plan(IReadOnlyList<LoadStream> streams, TimeSpan duration) => LoadPlan.Of(streams, duration, Requests, _random);

    /// <summary>Sends a plan; its answers are read on the callers' threads.</summary>
    public Task<LoadSamples> OfferAsync(LoadPlan plan, Callers.SuccessReader? onSuccess, CancellationToken cancellationToken) =>
        OnThreadAsync(() => _callers.Open(plan.Requests, onSuccess, cancellationToken));

    /// <summary>The rates that were tried with that load, from half of a closed loop's throughput upwards.</summary>
    public Task<IReadOnlyList<RateStep>> FindCapacityAsync(Func<double, TimeSpan, int, IReadOnlyList<LoadStream>> streams) => OnThreadAsync(() =>
    {
        var closed = ClosedLoop(streams, _settings.Step);
        _log(string.Create(CultureInfo.InvariantCulture, $"capacity: {closed:F0}/s in a closed loop of {ClosedLoopCallers} callers"));
        return new CapacitySearch(Try).Run(closed);

        RateStep Try(double perSecond)
        {
            var plan = Plan(streams(perSecond, _settings.Step, Teams), _settings.Step);
            var step = RateStep.Of(_callers.Open(plan.Requests), _settings.Step);
            _log(string.Create(
                CultureInfo.InvariantCulture, $"capacity: {step.OfferedPerSecond:F0}/s offered, {step.AchievedPerSecond:F0}/s answered, p99 {step.P99Ms:F1} ms"));
            return step;
        }
    });

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Target.DisposeAsync();
    }

    private void MakeWarm()
    {
        if (_settings.WarmUp > TimeSpan.Zero)
            ClosedLoop((rate, duration, teams) => AllScenarios.Mixed("", rate, TimeSpan.Zero, duration, AllScenarios.Any(teams)), _settings.WarmUp);
    }

    private double ClosedLoop(Func<double, TimeSpan, int, IReadOnlyList<LoadStream>> streams, TimeSpan duration)
    {
        var plan = Plan(streams(ClosedLoopRequestsMax, TimeSpan.FromSeconds(1), Teams), TimeSpan.FromSeconds(1));
        byte[][] requests = [.. plan.Requests.Select(request => request.Bytes)];
        return new Callers(Target.Url, Math.Min(ClosedLoopCallers, _settings.Callers)).Closed(requests, int.MaxValue, duration).PerSecond;
    }

    /// <summary>Throughput of as many callers as are never refused, each waiting for its answer before it asks again.</summary>
    public Task<double> ClosedLoopAsync(Func<double, TimeSpan, int, IReadOnlyList<LoadStream>> streams, TimeSpan duration) =>
        OnThreadAsync(() => ClosedLoop(streams, duration));

    // The generator's threads block; so does who waits for them.
    private static Task<T> OnThreadAsync<T>(Func<T> run) =>
        Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static Task OnThreadAsync(Action run) =>
        Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static (IReadOnlyList<string> Texts, IReadOnlyList<string> Questions) Read(string folder)
    {
        var corpus = TextFiles.Read(folder);
        return (corpus.Texts, corpus.Questions);
    }
}
