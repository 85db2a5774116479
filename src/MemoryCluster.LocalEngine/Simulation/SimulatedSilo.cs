using MemoryCluster.LocalEngine.Hosting;
using MemoryCluster.LocalEngine.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryCluster.LocalEngine.Simulation;

/// <summary>One life of one virtual silo. A restart makes another of the same index and a higher generation.</summary>
public sealed class SimulatedSilo
{
    private readonly List<Action> _postponed = [];
    private readonly List<TurnContext> _parked = [];
    private readonly SimulatedCluster _simulation;

    internal SimulatedSilo(SimulatedCluster simulation, Silo silo, int generation)
    {
        _simulation = simulation;
        Silo = silo;
        Generation = generation;
        Clock = new SiloClock(simulation.Clock, this);
        Random = new Random(simulation.Random.Next());
    }

    public int Index => Silo.Index;

    public int Generation { get; }

    public string Name => Silo.Name;

    /// <summary>The clock that the silo's services get: its timers wait while the silo is frozen and die with it.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Chance for the silo's services, from the run's seed.</summary>
    public Random Random { get; }

    /// <summary>What the silo's stores ask before and after every operation.</summary>
    public SimulatedStoreFaults StoreFaults => _simulation.StoreFaults;

    /// <summary>The silo's services, for a test that looks inside.</summary>
    public IServiceProvider Services => Silo.Services;

    public bool IsFrozen { get; internal set; }

    /// <summary>Whether nothing of it will ever run again.</summary>
    public bool IsDead { get; internal set; }

    /// <summary>Whether the others take it for dead, rightly or not.</summary>
    public bool IsDeclaredDead { get; internal set; }

    public override string ToString() => $"{Name}.{Generation}";

    internal Silo Silo { get; }

    internal void Start(Cluster cluster, Action<IServiceCollection, SimulatedSilo> configure)
    {
        var services = new ServiceCollection()
            .AddSingleton(cluster)
            .AddSingleton(Clock)
            .AddSingleton(StoreFaults)
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddGrainServices();
        configure(services, this);
        Silo.Start(services.BuildServiceProvider());
        new SiloContext(cluster, this).Post(static state => ((SimulatedSilo)state!).StartHostedServices(), this);
    }

    /// <summary>Runs the action now, or when the silo thaws, or never when it is dead.</summary>
    internal void WhenAwake(Action action)
    {
        if (IsFrozen && !IsDead)
        {
            _postponed.Add(action);
        }
        else if (!IsDead)
        {
            action();
        }
    }

    internal void Park(TurnContext context) => _parked.Add(context);

    internal void Wake(Action<TurnContext> schedule)
    {
        IsFrozen = false;
        var parked = _parked.ToArray();
        var postponed = _postponed.ToArray();
        _parked.Clear();
        _postponed.Clear();
        Array.ForEach(parked, schedule);
        foreach (var action in postponed)
        {
            action();
        }
    }

    // A hosted service runs in turns of the silo; one that fails to start fails the run, as it would fail the process.
    private async void StartHostedServices()
    {
        foreach (var service in Services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }
    }

    private sealed class SiloContext(Cluster cluster, SimulatedSilo silo) : TurnContext(cluster.Scheduler, cluster.Logger, cluster.NextOrdinal())
    {
        public override Silo Silo => silo.Silo;

        public override string ToString() => silo.ToString();
    }
}
