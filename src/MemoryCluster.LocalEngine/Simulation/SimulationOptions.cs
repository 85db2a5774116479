using MemoryCluster.LocalEngine.Reminders;
using MemoryCluster.LocalEngine.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace MemoryCluster.LocalEngine.Simulation;

/// <summary>What a simulated cluster consists of, and what befalls it.</summary>
public sealed class SimulationOptions
{
    private GrainCatalog? _catalog;

    /// <summary>The grains, the silos and the limits, as for the live engine.</summary>
    public LocalEngineOptions Engine { get; } = new();

    /// <summary>Adds the services of one life of one silo; called again when a silo restarts, since a restarted process remembers nothing.
    /// What is to outlive a silo, such as a store's content, is made outside and captured.</summary>
    public Action<IServiceCollection, SimulatedSilo> ConfigureServices { get; set; } = static (_, _) => { };

    /// <summary>Adds the services of the clients, such as streams and outgoing call filters.</summary>
    public Action<IServiceCollection> ConfigureClientServices { get; set; } = static _ => { };

    /// <summary>Makes the reminders' table of a run, which outlives the silos. Default in memory.</summary>
    public Func<IReminderTable> CreateReminderTable { get; set; } = static () => new MemoryReminderTable();

    /// <summary>What happens to messages.</summary>
    public MessageFaults Messages { get; } = new();

    /// <summary>What happens to stores that ask <see cref="SimulatedStoreFaults"/>.</summary>
    public StoreFaults Stores { get; } = new();

    /// <summary>The shortest time after which the others take a silent silo for dead. Default 5 s.</summary>
    public TimeSpan FailureDetectionMin { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest time after which the others take a silent silo for dead. Default 15 s.</summary>
    public TimeSpan FailureDetectionMax { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a silo that thaws after it was declared dead may go on before it learns so and ends. Default up to 10 s.</summary>
    public TimeSpan StaleLifeMax { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Probability that a sender still routes to a silo that was declared dead but runs again. Default 0.3.</summary>
    public double StaleRoute { get; set; } = 0.3;

    /// <summary>Virtual time after which a run has failed to end. Default 1 day.</summary>
    public TimeSpan VirtualTimeMax { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Turns and events after which a run has failed to end. Default 20 million.</summary>
    public long StepsMax { get; set; } = 20_000_000;

    /// <summary>When the virtual clock starts. Default 2030-01-01.</summary>
    public DateTimeOffset Start { get; set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The command that replays a seed, for the message of a failure.</summary>
    public Func<int, string>? ReplayCommand { get; set; }

    /// <summary>Read once: reflection over the assemblies takes longer than many a run.</summary>
    internal GrainCatalog Catalog => _catalog ??= GrainCatalog.Of(Engine);

    /// <summary>Receives a line for every turn, message and fault; for looking at one seed. Default none.</summary>
    public Action<string>? WriteTrace { get; set; }
}
