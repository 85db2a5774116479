using MemoryCluster.LocalEngine.Hosting;
using MemoryCluster.LocalEngine.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace MemoryCluster.LocalEngine.Simulation;

/// <summary>A cluster inside a simulation: what a test does to it, and what it may look at. The loop is in <c>.Loop</c>.</summary>
public sealed partial class SimulatedCluster : IDisposable
{
    private readonly SimulationOptions _options;
    private readonly Dictionary<Silo, SimulatedSilo> _nodes = [];
    private readonly SimulatedSilo[] _silos;
    private readonly Cluster _cluster;
    private readonly SimulatedScheduler _scheduler;
    private readonly SimulationLogger _logger = new();
    private readonly ServiceProvider _clientServices;
    private readonly Dictionary<Orleans.Runtime.GrainId, Activation> _stale = [];

    internal SimulatedCluster(int seed, SimulationOptions options)
    {
        _options = options;
        Seed = seed;
        Random = new Random(seed);
        Clock = new SimulatedTimeProvider(options.Start, new Random(Random.Next()), Home);
        Trace = new Trace(Clock, options.WriteTrace);
        StoreFaults = new SimulatedStoreFaults(options.Stores, Clock, new Random(Random.Next()), Trace);
        _cluster = new Cluster(options.Engine, options.Catalog, options.CreateReminderTable(), _logger, Clock, new Random(Random.Next()), cluster => new SimulatedScheduler(this, cluster));
        _scheduler = (SimulatedScheduler)_cluster.Scheduler;
        _silos = new SimulatedSilo[SiloFactory.CountOf(options.Engine)];
        var services = new ServiceCollection().AddSingleton(_cluster).AddSingleton<TimeProvider>(Clock).AddGrainServices();
        options.ConfigureClientServices(services);
        _clientServices = services.BuildServiceProvider();
        for (var index = 0; index < _silos.Length; index++)
        {
            StartSilo(index, generation: 1);
        }

        _cluster.Start(_clientServices, _silos.Select(node => node.Silo));
        // A table in memory answers at once, so this has ended when it returns; nothing is scheduled yet in a fresh one.
        _ = _cluster.Reminders.StartAsync(CancellationToken.None);
        Clock.CreateTimer(_ => _cluster.Collect(), null, options.Engine.CollectionQuantum, options.Engine.CollectionQuantum, isBackground: true);
    }

    public int Seed { get; }

    /// <summary>Chance for the test itself, from the run's seed.</summary>
    public Random Random { get; }

    public SimulatedTimeProvider Clock { get; }

    /// <summary>The present life of every silo.</summary>
    public IReadOnlyList<SimulatedSilo> Silos => _silos;

    /// <summary>References for the test's own calls; a call belongs to the client in whose turn it is made.</summary>
    public IClusterClient Grains => _cluster;

    public SimulatedStoreFaults StoreFaults { get; }

    public MessageFaults Messages => _options.Messages;

    /// <summary>Whether messages may be lost, doubled, delayed and reordered; latency stays. A test turns it off to look at what is left.</summary>
    public bool AreMessagesFaulty { get; set; } = true;

    internal HomeThread Home { get; } = new();

    internal Trace Trace { get; }

    internal bool IsTraced => _options.WriteTrace is not null;

    /// <summary>A caller outside of the silos.</summary>
    public SimulatedClient Client(string name) => new(_cluster, name);

    /// <summary>Waits in virtual time.</summary>
    public Task DelayAsync(TimeSpan delay) => Task.Delay(delay, Clock);

    /// <summary>Ends the silo's process at once: nothing of it runs again. The others notice later.</summary>
    public void KillSilo(int index)
    {
        var node = _silos[index];
        if (!node.IsDead)
        {
            Note(node, "killed");
            Kill(node);
            DeclareDeadLater(node);
        }
    }

    /// <summary>Stops the silo's process for a while: what is sent to it waits. When the others notice, its grains come to life elsewhere.</summary>
    public void FreezeSilo(int index)
    {
        var node = _silos[index];
        if (node is { IsDead: false, IsFrozen: false })
        {
            Note(node, "frozen");
            node.IsFrozen = true;
            _scheduler.Suspend(node);
            DeclareDeadLater(node);
        }
    }

    /// <summary>Lets a frozen silo go on. If it was declared dead meanwhile, it answers, runs its turns and takes calls from those who have not
    /// heard, beside the new activations of its grains, until it learns of its death and ends.</summary>
    public void ThawSilo(int index)
    {
        var node = _silos[index];
        if (node is not { IsDead: false, IsFrozen: true })
        {
            return;
        }

        Note(node, "thawed");
        if (node.IsDeclaredDead)
        {
            Clock.Schedule(Random.Between(TimeSpan.Zero, _options.StaleLifeMax), () => Kill(node));
        }

        node.Wake(_scheduler.Schedule);
    }

    /// <summary>Starts a new process in the silo's place, ending the old one if it still runs. It joins at once, and the old one is known to be dead.</summary>
    public void RestartSilo(int index)
    {
        var node = _silos[index];
        Kill(node);
        DeclareDead(node);
        StartSilo(index, node.Generation + 1);
        _cluster.SetSilos(Array.ConvertAll(_silos, current => current.Silo));
        Note(_silos[index], "started");
    }

    /// <summary>Shuts the silo down in order: its grains finish, say goodbye and come to life elsewhere.</summary>
    public async Task StopSiloAsync(int index)
    {
        var node = _silos[index];
        Note(node, "stopping");
        node.Silo.IsActive = false;
        _cluster.RefreshActive();
        while (node.Silo.Activations.ToArray() is { Length: > 0 } activations && !node.IsDead)
        {
            foreach (var activation in activations)
            {
                activation.Deactivate(new(DeactivationReasonCode.ShuttingDown, "The silo stops."));
            }

            await Task.WhenAll(activations.Select(activation => activation.Deactivated));
        }

        Kill(node);
        DeclareDead(node);
    }

    public void Dispose() => _clientServices.Dispose();

    internal SimulatedSilo NodeOf(Silo silo) => _nodes.TryGetValue(silo, out var node) ? node : throw new InvalidOperationException($"{silo} is not of this run.");

    /// <summary>The stale activation that a sender with an old map calls; null when its map is right.</summary>
    internal Activation? Route(Call call)
    {
        if (_stale.Count == 0 || !_stale.TryGetValue(call.TargetId, out var stale))
        {
            return null;
        }

        var node = NodeOf(stale.Silo);
        if (node.IsDead)
        {
            _stale.Remove(call.TargetId);
            return null;
        }

        // The stale silo itself has the oldest map of all.
        return call.Source?.Silo == stale.Silo || (!node.IsFrozen && Random.NextDouble() < _options.StaleRoute) ? stale : null;
    }

    private void StartSilo(int index, int generation)
    {
        var node = new SimulatedSilo(this, SiloFactory.Create(_options.Engine, index, generation), generation);
        _nodes.Add(node.Silo, node);
        _silos[index] = node;
        node.Start(_cluster, _options.ConfigureServices);
    }

    private void Kill(SimulatedSilo node)
    {
        node.IsDead = true;
        _scheduler.Suspend(node);
    }

    private void DeclareDeadLater(SimulatedSilo node) => Clock.Schedule(Random.Between(_options.FailureDetectionMin, _options.FailureDetectionMax), () =>
    {
        if (node.IsDead || node.IsFrozen)
        {
            DeclareDead(node);
        }
    });

    private void DeclareDead(SimulatedSilo node)
    {
        if (node.IsDeclaredDead)
        {
            return;
        }

        Note(node, "declared dead");
        node.IsDeclaredDead = true;
        node.Silo.IsActive = false;
        _cluster.RefreshActive();
        foreach (var activation in node.Silo.Activations)
        {
            _cluster.Directory.Remove(activation);
            if (!node.IsDead && activation.GrainClass.WorkersMax == 0)
            {
                _stale[activation.GrainId] = activation;
            }
        }

        _scheduler.FailPending(node);
    }

    private void Note(SimulatedSilo node, string what) => Trace.Add(TraceKind.Silo, node.Index, node.Generation, IsTraced ? $"{node} {what}" : null);
}
